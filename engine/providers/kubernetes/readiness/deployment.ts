import type { JsonObject } from "../../../values/property.ts";
import { annotation, metadataOf, nameOf } from "../object.ts";
import {
  condition,
  generationOf,
  late,
  listOf,
  neighbours,
  number,
  ownedBy,
  part,
  ready,
  specOf,
  statusOf,
  text,
  waiting,
  type Around,
  type Readiness,
  type Rule,
} from "./look.ts";
import { warningsOfPods } from "./pod.ts";

const revision = "deployment.kubernetes.io/revision";
const tooFew = "Minimum number of live Pods was not attained";
const tooFewToServe = "Minimum number of Pods to consider the application live was not attained";
const stuck = "Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live";

export const deployment: Rule = { look: deploymentReadiness, onRead: true, late };

interface Seen {
  readonly revision: string;
  readonly available: boolean;
  /** The rollout is over. */
  readonly rolledOut: boolean;
  readonly setReady: boolean;
  readonly unboundClaims: readonly string[];
}

/** A deployment is ready when it is available and all replicas of its newest set are. */
async function deploymentReadiness(object: JsonObject, around: Around): Promise<Readiness> {
  const observed = statusOf(object)["observedGeneration"] === generationOf(object);
  const current = observed ? annotation(object, revision) : "";
  const sets = current === "" ? [] : await ownedBy(object, "/apis/apps/v1", "replicasets", around);
  const set = sets.find((each) => annotation(each, revision) === current);
  const progressing = condition(object, "Progressing");
  const seen: Seen = {
    revision: current,
    available: current !== "" && condition(object, "Available")?.["status"] === "True",
    rolledOut: progressing?.["status"] === "True" && progressing["reason"] === "NewReplicaSetAvailable",
    setReady: set !== undefined && isSetReady(set),
    unboundClaims: await unboundClaims(object, around),
  };
  const done = seen.available && seen.setReady && (seen.rolledOut || current === "1");
  if (done && seen.unboundClaims.length === 0) return ready;
  const [has, wants] = set ? [number(statusOf(set)["readyReplicas"]), number(specOf(set)["replicas"], 1)] : [0, 0];
  return waiting(`Waiting for app ReplicaSet to be available (${has}/${wants} Pods available)`, async () => [
    ...(current === "" ? [] : conditionTroubles(object)),
    ...troubles(seen),
    ...(set ? await warningsOfPods(set, around) : []),
  ]);
}

function isSetReady(set: JsonObject): boolean {
  const [readyReplicas, wanted] = [statusOf(set)["readyReplicas"], number(specOf(set)["replicas"], 1)];
  return readyReplicas === undefined ? wanted === 0 : number(readyReplicas) >= wanted;
}

/** Claims among the deployment's volumes that have no volume yet. */
async function unboundClaims(object: JsonObject, around: Around): Promise<string[]> {
  const volumes = listOf(part(part(specOf(object), "template"), "spec")["volumes"]);
  const names = volumes.map((volume) => text(part(volume, "persistentVolumeClaim")["claimName"])).filter(Boolean);
  if (names.length === 0) return [];
  const claims = await neighbours(object, "/api/v1", "persistentvolumeclaims", around);
  return claims
    .filter((claim) => names.includes(nameOf(claim)) && statusOf(claim)["phase"] !== "Bound")
    .map((claim) => String(metadataOf(claim)["name"]));
}

function conditionTroubles(object: JsonObject): string[] {
  return listOf(statusOf(object)["conditions"])
    .filter(({ type, status }) => (type === "Progressing" || type === "Available") && status !== "True")
    .filter(({ reason, message }) => typeof reason === "string" && typeof message === "string")
    .map(({ reason, message }) => `[${text(reason)}] ${text(message)}`);
}

function troubles(seen: Seen): string[] {
  const claims =
    seen.unboundClaims.length > 0
      ? [`Failed to bind PersistentVolumeClaim(s): ${JSON.stringify(seen.unboundClaims.join(","))}`]
      : [];
  if (!seen.available) return [...claims, tooFew];
  if (seen.revision === "1") return seen.setReady ? claims : [...claims, tooFewToServe];
  if (!seen.rolledOut) return [...claims, tooFewToServe];
  return seen.setReady ? claims : [...claims, stuck];
}
