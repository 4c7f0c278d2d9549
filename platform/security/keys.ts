import * as pulumi from "@pulumi/pulumi";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type { PlatformConfig } from "../config/schema.ts";
import { policy } from "../identity/policy.ts";
import { prefixOf } from "../names.ts";
import { keyPolicy, purposes, type Purpose } from "./keyPolicies.ts";

/** Our keys, one per purpose, rotated every year; and one that signs images, which can't be. */
export class Keys extends pulumi.ComponentResource {
  readonly arns: Record<Purpose, pulumi.Output<string>>;
  /** Key that pipelines sign images with. */
  readonly signing: Key;

  constructor(name: string, config: PlatformConfig, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Keys", name, {}, options);
    const under = { parent: this };
    const named = (purpose: string, key: Key) =>
      new Alias(purpose, { name: `alias/${prefixOf(config.environment)}-${purpose}`, targetKeyId: key.keyId }, under);
    const arns = Object.entries(purposes).map(([purpose, description]) => {
      const args = { description, enableKeyRotation: true, deletionWindowInDays: 30 };
      const keyPolicy_ = policy(keyPolicy(purpose as Purpose, config));
      const key = new Key(purpose, { ...args, policy: keyPolicy_ }, under);
      named(purpose, key);
      return [purpose, key.arn];
    });
    this.arns = Object.fromEntries(arns) as Record<Purpose, pulumi.Output<string>>;
    this.signing = new Key(
      "signing",
      {
        description: "Signatures of images",
        keyUsage: "SIGN_VERIFY",
        customerMasterKeySpec: "ECC_NIST_P256",
        deletionWindowInDays: 30,
        policy: policy(keyPolicy("registry", config)),
      },
      under,
    );
    named("signing", this.signing);
    this.registerOutputs({});
  }
}
