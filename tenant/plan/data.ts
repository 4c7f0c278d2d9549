import type { TenantSpec } from "../spec.ts";
import { baseContainer, podBase } from "./workload.ts";
import { migrationLabels } from "./labels.ts";

/** PersistentVolumeClaim spec of the tenant's data: pods of both colors, on whatever nodes, have it at the same time. */
export function dataClaimSpec(gibibytes: number) {
  return {
    accessModes: ["ReadWriteMany"],
    volumeMode: "Filesystem",
    resources: { requests: { storage: `${gibibytes}Gi` } },
  };
}

/** Job spec of a migration. It runs once: whether it is tried again is for a person to say. */
export function migrationSpec(tenant: TenantSpec, { color, command, seconds }: NonNullable<TenantSpec["migration"]>) {
  const slot = tenant[color]!;
  return {
    backoffLimit: 0,
    completions: 1,
    parallelism: 1,
    activeDeadlineSeconds: seconds,
    template: {
      metadata: { labels: migrationLabels(tenant, slot.release) },
      spec: {
        ...podBase(slot),
        restartPolicy: "Never",
        containers: [{ ...baseContainer(tenant, color, slot, "migration"), command }],
      },
    },
  };
}
