import * as pulumi from "@pulumi/pulumi";
import { Parameter } from "@pulumi/aws/ssm/parameter.js";
import { parameterPrefixOf } from "../../plan/data/names.ts";
import type { DataContext } from "../program.ts";

/** The tenant's secret settings, each a SecureString under its key. Intelligent-Tiering: what is over 4 KiB costs, the rest doesn't. */
export function tenantParameters(
  { spec }: DataContext,
  keyId: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): void {
  const prefix = parameterPrefixOf(spec);
  for (const [name, value] of Object.entries(spec.parameters)) {
    // Parameter Store takes no empty value.
    if (value === "") continue;
    const args = { name: `${prefix}${name}`, type: "SecureString", tier: "Intelligent-Tiering", keyId };
    new Parameter(name, { ...args, value: pulumi.secret(value) }, options);
  }
}
