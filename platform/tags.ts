import type { PlatformConfig } from "./config/schema.ts";

/** Tags of everything in AWS: the provider puts them on whatever can have tags. */
export function tagsOf({ environment }: Pick<PlatformConfig, "environment">): Record<string, string> {
  return { "teal:environment": environment, "teal:stack": "platform", "teal:managed-by": "pulumi" };
}

/** Tags that costs are split by. What is a tenant's own is tagged with its tenant by its own stack. */
export const costTags = ["teal:environment", "teal:stack", "teal:tenant"] as const;
