import { namespaceOf } from "../../tenant/plan/names.ts";
import { orNull, type Cluster } from "../probes/cluster.ts";
import type { Place } from "./leftovers.ts";

const page = 500;

/** The tenant's namespace, with all that is in it: what a namespace held is gone once it is. */
export function namespaceLeft({ core }: Pick<Cluster, "core">): Place {
  return {
    name: "the tenant's namespace",
    async look(of) {
      const name = namespaceOf(of);
      const found = await orNull(core.readNamespace({ name }));
      const ending = found?.metadata?.deletionTimestamp ? ", which is being deleted" : "";
      return { left: found ? [`namespace ${name}${ending}`] : [], kept: [] };
    },
  };
}

/** Volumes that a claim of the tenant's had: where their class says `Retain` they stay when the claim goes. */
export function volumesLeft({ core }: Pick<Cluster, "core">): Place {
  return {
    name: "the cluster's volumes",
    async look(of) {
      const namespace = namespaceOf(of);
      const left: string[] = [];
      for (let after: string | undefined; ;) {
        const { items, metadata } = await core.listPersistentVolume({
          limit: page,
          ...(after !== undefined && { _continue: after }),
        });
        for (const { metadata: volume, spec, status } of items) {
          if (spec?.claimRef?.namespace !== namespace) continue;
          const policy = spec.persistentVolumeReclaimPolicy ?? "Retain";
          left.push(`volume ${volume?.name} of claim ${spec.claimRef.name} (${status?.phase}, ${policy})`);
        }
        after = metadata?._continue || undefined;
        if (after === undefined) return { left, kept: [] };
      }
    },
  };
}
