/** Volumes, and the other kinds that a controller fills in. */
import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../values/property.ts";
import { getObject } from "../api.ts";
import { ApiError } from "../client.ts";
import { isObject } from "../object.ts";
import {
  condition,
  late,
  lateByPolling,
  ready,
  specOf,
  statusOf,
  text,
  waiting,
  type Around,
  type Readiness,
  type Rule,
} from "./look.ts";

export const persistentVolume: Rule = {
  look(object) {
    const phase = text(statusOf(object)["phase"]);
    return phase === "Available" || phase === "Bound" ? ready : waiting(`its phase is ${phase}`);
  },
  onRead: false,
  limit: 300,
  late: lateByPolling,
};

export const persistentVolumeClaim: Rule = { look: claimReadiness, onRead: false, limit: 300, late: lateByPolling };

/** A claim is ready when it is bound, or pending where it is bound only when a pod uses it. */
async function claimReadiness(object: JsonObject, around: Around): Promise<Readiness> {
  const phase = text(statusOf(object)["phase"]);
  if (around.before && phase === "Bound") return ready;
  const wanted = (await waitsForConsumer(object, around)) ? "Pending" : "Bound";
  return phase === wanted ? ready : waiting(`its phase is ${phase}`);
}

async function waitsForConsumer(claim: JsonObject, { kube, context }: Around): Promise<boolean> {
  const name = text(specOf(claim)["storageClassName"]);
  if (name === "") return false;
  try {
    const path = `/apis/storage.k8s.io/v1/storageclasses/${encodeURIComponent(name)}`;
    return (await getObject(kube, path, context))["volumeBindingMode"] === "WaitForFirstConsumer";
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

/** A quota is in force when its controller has taken note of it. */
export const resourceQuota: Rule = {
  look: (object) =>
    isObject(specOf(object)["hard"]) && isDeepStrictEqual(specOf(object)["hard"], statusOf(object)["hard"])
      ? ready
      : waiting("Waiting for the quota to be observed"),
  onRead: false,
  limit: 60,
  late: lateByPolling,
};

/** A secret for a service account's token is filled in by a controller. */
export const secret: Rule = {
  look(object) {
    if (object["type"] !== "kubernetes.io/service-account-token") return ready;
    const data = object["data"];
    return isObject(data) && Object.keys(data).length > 0 ? ready : waiting("Waiting for the token");
  },
  onRead: false,
  limit: 5,
  late: lateByPolling,
};

/** Objects of a kind can be made when its names are taken; where that can't be, waiting is of no use. */
export const definition: Rule = {
  look(object) {
    const refused = condition(object, "NamesAccepted")?.["status"] === "False";
    return refused || condition(object, "Established")?.["status"] === "True"
      ? ready
      : waiting("Waiting for the definition to be established");
  },
  onRead: false,
  late,
};
