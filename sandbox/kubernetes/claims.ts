/** What decides about a claim whether a pod can be scheduled that mounts it. */
export interface ScheduledClaim {
  metadata: { deletionTimestamp?: string };
  spec?: { volumeName?: string };
  status?: { phase?: string };
}

/** Why no node can take a pod that mounts these claims, in the scheduler's own words; undefined where one can. */
export function claimProblem(
  names: readonly string[],
  find: (name: string) => ScheduledClaim | undefined,
): string | undefined {
  for (const name of names) {
    const claim = find(name);
    if (claim === undefined) return `persistentvolumeclaim "${name}" not found`;
    if (claim.metadata.deletionTimestamp !== undefined) return `persistentvolumeclaim "${name}" is being deleted`;
    if (claim.status?.phase === "Lost")
      return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec?.volumeName ?? ""}"`;
    if (claim.status?.phase !== "Bound") return "pod has unbound immediate PersistentVolumeClaims";
  }
  return undefined;
}
