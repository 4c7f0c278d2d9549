/** When objects of each kind are ready: from what they say of themselves. */
import type { Json, JsonObject } from "../../values/property.ts";
import type { OperationContext } from "../provider.ts";
import { getObject } from "./api.ts";
import { isNotFound } from "./errors.ts";
import { isObject, metadataOf, nameOf, namespaceOf } from "./object.ts";
import type { Kube } from "./kube.ts";

export type Readiness =
  | { readonly ready: true; readonly failed?: undefined }
  /** `failed` means that waiting is of no use. */
  | { readonly ready: false; readonly failed: boolean; readonly reason: string };

interface Around {
  readonly kube: Kube;
  readonly context: OperationContext;
}

type Check = (object: JsonObject, around: Around) => Readiness | Promise<Readiness>;

const ready: Readiness = { ready: true };
const waiting = (reason: string): Readiness => ({ ready: false, failed: false, reason });
const failed = (reason: string): Readiness => ({ ready: false, failed: true, reason });

export const readiness: Readonly<Record<string, Check | undefined>> = {
  "apps/v1/Deployment": deployment,
  "apps/v1/StatefulSet": statefulSet,
  "apps/v1/DaemonSet": daemonSet,
  "batch/v1/Job": job,
  "v1/Pod": pod,
  "v1/Service": service,
  "v1/PersistentVolumeClaim": (object) => byPhase(object, "Bound", "Lost"),
  "v1/PersistentVolume": (object) => byPhase(object, ["Available", "Bound"], "Failed"),
  "apiextensions.k8s.io/v1/CustomResourceDefinition": (object) =>
    condition(object, "Established")?.["status"] === "True" ? ready : waiting("the definition is not established yet"),
};

const part = (object: JsonObject, name: string): JsonObject => (isObject(object[name]) ? object[name] : {});
const statusOf = (object: JsonObject) => part(object, "status");
const specOf = (object: JsonObject) => part(object, "spec");
const number = (value: Json | undefined, otherwise = 0) => (typeof value === "number" ? value : otherwise);

export function condition(object: JsonObject, type: string): JsonObject | undefined {
  const conditions = statusOf(object)["conditions"];
  return Array.isArray(conditions) ? conditions.filter(isObject).find((each) => each["type"] === type) : undefined;
}

function isObserved(object: JsonObject): boolean {
  return number(statusOf(object)["observedGeneration"]) >= number(metadataOf(object)["generation"]);
}

function deployment(object: JsonObject): Readiness {
  const status = statusOf(object);
  if (!isObserved(object)) return waiting("the controller has not seen the change yet");
  const progressing = condition(object, "Progressing");
  if (progressing?.["reason"] === "ProgressDeadlineExceeded")
    return failed(String(progressing["message"] ?? "progress deadline exceeded"));
  const wanted = number(specOf(object)["replicas"], 1);
  const updated = number(status["updatedReplicas"]);
  if (updated < wanted) return waiting(`${updated} of ${wanted} new replicas have been made`);
  if (number(status["replicas"]) > updated)
    return waiting(`${number(status["replicas"]) - updated} old replicas are still there`);
  const available = number(status["availableReplicas"]);
  return available < updated ? waiting(`${available} of ${updated} updated replicas are available`) : ready;
}

function statefulSet(object: JsonObject): Readiness {
  const status = statusOf(object);
  if (!isObserved(object)) return waiting("the controller has not seen the change yet");
  const wanted = number(specOf(object)["replicas"], 1);
  const [updated, up] = [number(status["updatedReplicas"], wanted), number(status["readyReplicas"])];
  return updated < wanted || up < wanted ? waiting(`${Math.min(updated, up)} of ${wanted} replicas are ready`) : ready;
}

function daemonSet(object: JsonObject): Readiness {
  const status = statusOf(object);
  if (!isObserved(object)) return waiting("the controller has not seen the change yet");
  const wanted = number(status["desiredNumberScheduled"]);
  const available = Math.min(number(status["numberAvailable"]), number(status["updatedNumberScheduled"]));
  return available < wanted ? waiting(`${available} of ${wanted} pods are available`) : ready;
}

function job(object: JsonObject): Readiness {
  const over = condition(object, "Failed");
  if (over?.["status"] === "True") return failed(`the Job failed: ${String(over["message"] ?? over["reason"] ?? "")}`);
  return condition(object, "Complete")?.["status"] === "True" ? ready : waiting("the Job is not complete yet");
}

function pod(object: JsonObject): Readiness {
  const phase = statusOf(object)["phase"];
  if (phase === "Succeeded" || condition(object, "Ready")?.["status"] === "True") return ready;
  if (phase === "Failed")
    return failed(`the Pod failed: ${String(statusOf(object)["message"] ?? statusOf(object)["reason"] ?? "")}`);
  return waiting(`the Pod is ${String(phase ?? "not scheduled yet")}`);
}

async function service(object: JsonObject, { kube, context }: Around): Promise<Readiness> {
  const spec = specOf(object);
  if (spec["type"] === "ExternalName") return ready;
  if (spec["type"] === "LoadBalancer" && !Array.isArray(part(statusOf(object), "loadBalancer")["ingress"]))
    return waiting("the load balancer has no address yet");
  const selector = spec["selector"];
  if (!isObject(selector) || Object.keys(selector).length === 0 || spec["clusterIP"] === "None") return ready;
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespaceOf(object)}/endpointslices?labelSelector=${encodeURIComponent(`kubernetes.io/service-name=${nameOf(object)}`)}`;
  try {
    const { items } = await getObject(kube, path, context);
    const endpoints = (Array.isArray(items) ? items.filter(isObject) : []).flatMap((slice) =>
      Array.isArray(slice["endpoints"]) ? slice["endpoints"] : [],
    );
    const isReady = endpoints.filter(isObject).some((endpoint) => part(endpoint, "conditions")["ready"] !== false);
    return isReady ? ready : waiting("the Service does not target any ready Pods");
  } catch (error) {
    // A server without EndpointSlices can't say.
    if (isNotFound(error)) return ready;
    throw error;
  }
}

function byPhase(object: JsonObject, good: string | readonly string[], bad: string): Readiness {
  const phase = String(statusOf(object)["phase"] ?? "Pending");
  if (phase === good || good.includes(phase)) return ready;
  return phase === bad ? failed(`its phase is ${phase}`) : waiting(`its phase is ${phase}`);
}
