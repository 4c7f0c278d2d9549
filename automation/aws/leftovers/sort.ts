/** What a resource is to a tenant that has left. */
export type Sort = "key" | "backup" | "left";

const backups = [/^rds:cluster-snapshot:/, /^rds:snapshot:/, /^backup:recovery-point:/];

/** By its ARN: what is kept on purpose for a while, and what should be gone. */
export function sortOf(arn: string): Sort {
  const [, , service = "", , , ...rest] = arn.split(":");
  const resource = rest.join(":");
  if (service === "kms" && resource.startsWith("key/")) return "key";
  return backups.some((backup) => backup.test(`${service}:${resource}`)) ? "backup" : "left";
}
