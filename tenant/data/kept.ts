import type * as pulumi from "@pulumi/pulumi";

/**
 * Options of what holds data, or without which it can't be read. While protection is on Pulumi refuses any update that would delete
 * or replace it before it does anything, and even taken out of the stack by force it stays in AWS.
 */
export function kept(
  { protect }: { protect: boolean },
  options: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  return { ...options, protect, retainOnDelete: protect };
}
