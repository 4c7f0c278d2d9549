import { createHash } from "node:crypto";
import type { Cluster } from "../api/cluster.ts";
import { isObject, type JsonObject, sameJson } from "../api/json.ts";
import type { ControllerClient } from "./client.ts";
import { type Context, runController, type Running } from "./controller.ts";
import { isComplete, statusOf, untilDeadline } from "./deploymentStatus.ts";
import { controllerReference, type Deployment, isOwnedBy, type PodTemplate, type ReplicaSet } from "./objects.ts";
import { isFinished, podsOf } from "./pods.ts";
import { rollingStep, type Scaling } from "./rollout.ts";

const revisionKey = "deployment.kubernetes.io/revision";
const hashKey = "pod-template-hash";
const pollMillis = 200;

/** Brings each Deployment's pods to its template, a ReplicaSet per version of it. */
export function runDeployments(cluster: Cluster): Running {
  return runController(cluster, { name: "deployment-controller", kind: "Deployment", owns: ["ReplicaSet"], reconcile });
}

function reconcile(deployment: Deployment, context: Context): void {
  const { client } = context;
  if (deployment.metadata.deletionTimestamp === undefined) {
    const [current, old] = setsOf(deployment, client);
    const set = current ?? (deployment.spec.paused ? undefined : createSet(deployment, old, client));
    if (set !== undefined) {
      keepRevision(deployment, set, old, client);
      for (const scaling of nextStep(deployment, set, old, context)) scale(deployment, scaling, client);
    }
  }
  report(deployment, context);
}

/** The set of the present template, and the others, oldest first. */
function setsOf(deployment: Deployment, client: ControllerClient): [ReplicaSet | undefined, ReplicaSet[]] {
  const sets = client
    .list("ReplicaSet", deployment.metadata.namespace)
    .filter((set) => isOwnedBy(set, deployment))
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  const current = sets.find((set) => sameJson(withoutHash(set.spec.template), withoutHash(deployment.spec.template)));
  return [current, sets.filter((set) => set !== current)];
}

function withoutHash(template: PodTemplate): PodTemplate {
  const { [hashKey]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function revisionOf(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[revisionKey] ?? 0);
}

function createSet(deployment: Deployment, old: ReplicaSet[], client: ControllerClient): ReplicaSet {
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = hashOf(template);
  const labels = { ...template.metadata?.labels, [hashKey]: hash };
  const rolling = deployment.spec.strategy.type !== "Recreate" && old.some((set) => set.spec.replicas > 0);
  const set = client.create("ReplicaSet", deployment.metadata.namespace, {
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      labels,
      annotations: { [revisionKey]: String(Math.max(0, ...old.map(revisionOf)) + 1) },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: rolling || deployment.spec.strategy.type === "Recreate" ? 0 : deployment.spec.replicas,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashKey]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
    },
  });
  const message = `Scaled up replica set ${set.metadata.name} from 0 to ${set.spec.replicas}`;
  if (set.spec.replicas > 0) client.event(deployment, "Normal", "ScalingReplicaSet", message);
  return set;
}

/** A short name for a template, the same for equal ones. */
function hashOf(template: PodTemplate): string {
  const letters = "bcdfghjklmnpqrstvwxz2456789";
  const digest = createHash("sha256")
    .update(canonical(withoutHash(template)))
    .digest();
  return [...digest.subarray(0, 10)].map((byte) => letters[byte % letters.length]).join("");
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** Going back to an earlier template makes its set the newest again. */
function keepRevision(deployment: Deployment, set: ReplicaSet, old: ReplicaSet[], client: ControllerClient): void {
  const newest = Math.max(0, ...old.map(revisionOf));
  const revision = String(revisionOf(set) > newest ? revisionOf(set) : newest + 1);
  for (const object of [set, deployment]) {
    if (object.metadata.annotations?.[revisionKey] === revision) continue;
    const body: JsonObject = { metadata: { annotations: { [revisionKey]: revision } } };
    client.patch(object, body);
  }
}

function nextStep(deployment: Deployment, current: ReplicaSet, old: ReplicaSet[], context: Context): Scaling[] {
  const { replicas, paused, strategy } = deployment.spec;
  const active = old.filter((set) => set.spec.replicas > 0);
  const toDesired = current.spec.replicas === replicas ? [] : [{ set: current, replicas }];
  if (strategy.type === "Recreate" && !paused) {
    if (active.length > 0) return active.map((set) => ({ set, replicas: 0 }));
    const remain = old.some((set) => podsOf(context.client, set).some((pod) => !isFinished(pod)));
    if (!remain) return toDesired;
    // A pod that is gone in the end changes nothing in its set's status.
    context.again(pollMillis);
    return [];
  }
  if (active.length === 0) return toDesired;
  return paused ? [] : rollingStep(deployment, current, active);
}

function scale(deployment: Deployment, { set, replicas }: Scaling, client: ControllerClient): void {
  const before = set.spec.replicas;
  client.patch(set, { spec: { replicas } });
  const direction = replicas > before ? "up" : "down";
  const message = `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${replicas}`;
  client.event(deployment, "Normal", "ScalingReplicaSet", message);
}

function report(before: Deployment, { client, again }: Context): void {
  const deployment = client.get("Deployment", before.metadata.namespace, before.metadata.name);
  if (deployment === undefined || deployment.metadata.uid !== before.metadata.uid) return;
  const [current, old] = setsOf(deployment, client);
  const status = statusOf(deployment, current, current === undefined ? old : [...old, current]);
  client.setStatus(deployment, status);
  const wait = untilDeadline(deployment, status);
  // Times are kept in whole seconds: looking a little later finds the deadline passed.
  if (wait !== undefined) again(wait + 1000);
  if (isComplete(deployment, status)) forgetOldest(deployment, old, client);
}

function forgetOldest(deployment: Deployment, old: ReplicaSet[], client: ControllerClient): void {
  const empty = old.filter((set) => set.spec.replicas === 0 && set.status.replicas === 0);
  const surplus = Math.max(0, empty.length - deployment.spec.revisionHistoryLimit);
  for (const set of empty.slice(0, surplus)) client.delete(set);
}
