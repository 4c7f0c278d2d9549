import type * as pulumi from "@pulumi/pulumi";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { keyAliasOf } from "../../plan/data/names.ts";
import { keyPolicy } from "../../plan/data/policies.ts";
import type { DataContext } from "../program.ts";

/**
 * The key that all of the tenant's data is encrypted with, rotated every year. Without it none of it can be read again,
 * backups that outlive the tenant neither: it stays in AWS whatever becomes of the stack, until nothing needs it (docs/offboarding.md).
 */
export function tenantKey({ spec, platform }: DataContext, options: pulumi.CustomResourceOptions): Key {
  const key = new Key(
    "key",
    {
      description: `Data of tenant ${spec.id} (${spec.environment})`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: JSON.stringify(keyPolicy(spec, platform)),
    },
    { ...options, protect: spec.protect, retainOnDelete: spec.leaving !== "aborted" },
  );
  new Alias("key", { name: keyAliasOf(spec), targetKeyId: key.keyId }, options);
  return key;
}
