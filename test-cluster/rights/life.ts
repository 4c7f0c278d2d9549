import { setTimeout as delay } from "node:timers/promises";
import { namespaceLeft, volumesLeft } from "../../automation/offboarding/inCluster.ts";
import { stackLeft } from "../../automation/offboarding/inStacks.ts";
import { lookForLeftovers } from "../../automation/offboarding/leftovers.ts";
import { openCluster, reachable, type Cluster } from "../../automation/probes/cluster.ts";
import { jobState } from "../../automation/probes/job.ts";
import { readiness, type Readiness } from "../../automation/probes/readiness.ts";
import { routeInForce } from "../../automation/probes/route.ts";
import { allSplits, splitOf } from "../../automation/probes/split.ts";
import { TealError } from "../../model/errors.ts";
import type { Stacks } from "../../automation/stacks/stacks.ts";
import { migrationName, namespaceOf } from "../../tenant/plan/names.ts";
import type { TenantSpec } from "../../tenant/spec.ts";
import { slotOf, specOf } from "../../test/tenant/specs.ts";

/** A Gateway that the suite serves itself. */
export const gateway = { name: "rights", namespace: "teal-system" };

/** @param ailment what the application suffers from: the ending of its image's tag (examples/app/behaviour.ts) */
export function tenant(id: string, ailment = ""): TenantSpec {
  return specOf({
    environment: "rights",
    id,
    hostnames: [`${id}.rights.localhost`],
    blue: slotOf({ image: `teal/app:1.0.0${ailment}`, background: { replicas: 1 } }),
    gateway,
    cluster: { identifier: "rights" },
  });
}

/** All that Teal does to a tenant's stack and reads of its namespace, from the first preview to the end. */
export async function live(stacks: Stacks, kubeconfig: string, spec: TenantSpec): Promise<void> {
  const cluster = openCluster(kubeconfig);
  const namespace = namespaceOf(spec);
  await reachable(cluster, 10);
  await stacks.preview(spec);
  await stacks.up(spec);
  await until(async () => (await readiness(cluster, namespace, "blue")).ready);
  await until(async () => (await routeInForce(cluster, namespace)).inForce);
  await migrate(stacks, cluster, spec);

  const green = slotOf({ release: "2.0.0", image: "teal/app:2.0.0-crashing", revision: 2, config: { greeting: "hi" } });
  const rolling = { ...spec, name: "Acme Limited", tier: "medium" as const, green };
  await stacks.preview(rolling);
  await stacks.up(rolling);
  await until(async () => explained(await readiness(cluster, namespace, "green")));
  await stacks.up({ ...rolling, weights: { blue: 90, green: 10 } }, { routeOnly: true });
  await stacks.up({ ...rolling, background: "green", weights: { blue: 90, green: 10 } });
  // Settled: the old slot gets the new release. Then back to one slot.
  await stacks.up({ ...rolling, blue: green, background: "green", live: "green", weights: { blue: 0, green: 100 } });
  await stacks.up(spec);
  await adopt(stacks, spec);
  await stacks.drift(spec);
  await splitOf(cluster, namespace);
  await allSplits(cluster);
  await stacks.destroy(spec);
  const places = [stackLeft(stacks), namespaceLeft(cluster), volumesLeft(cluster)];
  await until(async () => (await lookForLeftovers(places, spec)).left.length === 0);
}

/** The first copy is a Service that Teal has not made, beside which it makes a grant; then it is let go. */
async function adopt(stacks: Stacks, spec: TenantSpec): Promise<void> {
  const adopted = { color: "blue" as const, namespace: "default", service: "kubernetes", port: 443 };
  const adopting = { ...spec, blue: null, adopted };
  await stacks.preview(adopting);
  await stacks.up(adopting);
  await stacks.drift(adopting);
  await stacks.up(spec);
}

/** The tenant with a volume, and a migration that runs on it. */
export function migrating(spec: TenantSpec, run = "1") {
  const blue = { ...spec.blue!, volume: { path: "/data" } };
  return { ...spec, blue, volume: 1, migration: { color: "blue" as const, run, command: ["migrate"], seconds: 60 } };
}

/** A volume on which a migration runs, twice; then it grows, without one. */
async function migrate(stacks: Stacks, cluster: Cluster, spec: TenantSpec): Promise<void> {
  const { migration, ...withVolume } = migrating(spec);
  await stacks.preview({ ...withVolume, migration });
  await counted(() => stacks.up({ ...withVolume, migration }));
  const done = async () => (await jobState(cluster, namespaceOf(spec), migrationName(migration.run))).is === "done";
  await until(done);
  await stacks.up(migrating(spec, "2"));
  await counted(() => stacks.up({ ...withVolume, volume: 2 }));
}

/** Teal tries again, too, while the cluster has not counted the namespace's new quota. */
async function counted(up: () => Promise<unknown>): Promise<void> {
  const behind = (error: unknown) => error instanceof TealError && error.code === "quota_not_counted";
  await until(() =>
    up().then(
      () => true,
      (error: unknown) => {
        if (behind(error)) return false;
        throw error;
      },
    ),
  );
}

/** With exit code, events and log lines. */
function explained({ evidence }: Readiness): boolean {
  return ["exit", "event", "log"].every((source) => evidence.some((one) => one.source === source));
}

/** Reads what Teal does of a slot that does not get ready, and of what an offboarding might leave. A log that it may not read is an error here, not for a rollout. */
export async function lookAt(kubeconfig: string, spec: TenantSpec): Promise<void> {
  const cluster = openCluster(kubeconfig);
  await volumesLeft(cluster).look(spec);
  await until(async () => {
    const seen = await readiness(cluster, namespaceOf(spec), "blue");
    const refused = seen.evidence.find(
      ({ source, text }) => source === "log" && text.startsWith("(no log: HTTP-Code: 403"),
    );
    if (refused) throw new Error(refused.text);
    return explained(seen);
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end; await delay(250)) if (await holds()) return;
  throw new Error(`Did not come true within 60 s: ${holds.toString()}`);
}
