import type { PlatformConfig } from "../config/schema.ts";

/** Name of an application's repository: below the environment's, so that rights can be given for all of them at once. */
export function repositoryName(environment: string, application: string): string {
  return `teal-${environment}/${application}`;
}

/** Host of the account's registry. */
export function registryHost({ account, region }: { account: string; region: string }): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com`;
}

/**
 * What is thrown away: images without tag after some days, and the oldest beyond those kept. Releases are deployed by digest: an
 * image that a tenant still runs must not be among the oldest, so `keep` is to be well above the releases in use.
 */
export function lifecyclePolicy({ keep, untaggedDays }: Pick<PlatformConfig["registry"], "keep" | "untaggedDays">) {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Images without tag, after ${untaggedDays} days`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: untaggedDays,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: `All but the last ${keep}`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keep },
        action: { type: "expire" },
      },
    ],
  };
}

/** Prefixes that tenants' images may begin with, as the admission policy takes them: each ends in a slash. */
export function allowedRegistries(config: PlatformConfig): string[] {
  return [`${registryHost(config)}/teal-${config.environment}/`, ...config.registry.alsoAllowed];
}
