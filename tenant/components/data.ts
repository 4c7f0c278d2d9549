import type * as pulumi from "@pulumi/pulumi";
import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { dataClaimSpec, migrationSpec } from "../plan/data.ts";
import { appliedUnawaited, migrationLabels, tenantLabels } from "../plan/labels.ts";
import { dataClaim, migrationName } from "../plan/names.ts";
import type { TenantSpec } from "../spec.ts";

/** The volume that both colors keep the tenant's data on, where it has one. */
export function volume(
  spec: TenantSpec,
  namespace: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): PersistentVolumeClaim | undefined {
  if (spec.volume === undefined) return undefined;
  // Some classes bind it once a pod wants it, so there is nothing to wait for.
  const metadata = { namespace, name: dataClaim, labels: tenantLabels(spec), annotations: appliedUnawaited };
  return new PersistentVolumeClaim("data", { metadata, spec: dataClaimSpec(spec.volume) }, options);
}

/** The migration under way, `after` the slot whose settings it is given. Teal itself waits for its end. */
export function migration(
  spec: TenantSpec,
  namespace: pulumi.Output<string>,
  { after, ...options }: pulumi.CustomResourceOptions & { after: pulumi.Resource[] },
): void {
  const { migration: wanted } = spec;
  if (!wanted) return;
  const name = migrationName(wanted.run);
  const labels = migrationLabels(spec, spec[wanted.color]!.release);
  const metadata = { namespace, name, labels, annotations: appliedUnawaited };
  new Job(name, { metadata, spec: migrationSpec(spec, wanted) }, { ...options, dependsOn: after });
}
