import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject, PropertyMap } from "../../values/property.ts";
import type { OperationContext, ResourceIdentity } from "../provider.ts";
import { getObject, placeOf, relinquish, send, type Place } from "./api.ts";
import { managerOf, parseCheckpoint } from "./checkpoint.ts";
import { ApiError, Unreachable } from "./client.ts";
import { NoSuchKind, isNotFound } from "./errors.ts";
import { annotation, apiVersionOf, kindOf, metadataOf, nameOf, parseId, isObject } from "./object.ts";
import type { Kube } from "./kube.ts";
import { lateCondition } from "./readiness/look.ts";
import { isPatch } from "./special.ts";
import { timeoutOf } from "./timeout.ts";

/** Kinds whose deletion `skipAwait` does not wait for; all others are waited for whatever they say. */
const skippable = new Set([
  "v1/Namespace",
  "v1/Pod",
  "v1/ReplicationController",
  "apps/v1/DaemonSet",
  "apps/v1/Deployment",
  "apps/v1/StatefulSet",
  "batch/v1/Job",
]);
const firstPause = 10;
const longestPause = 1_000;

/** Deletes the object and waits until it is gone; of a patch, gives up its fields. What is gone already is well. */
export async function deleteObject(
  kube: Kube,
  resource: ResourceIdentity,
  old: { readonly id: string; readonly outputs: PropertyMap },
  context: OperationContext,
): Promise<void> {
  const { inputs, live } = parseCheckpoint(old.outputs);
  try {
    if (isPatch(resource.type, inputs)) await unpatch(kube, old.outputs, inputs, live, context);
    else await remove(kube, parseId(old.id).name, inputs, live, context);
  } catch (error) {
    // The kind may be gone with its definition, and all its objects with it.
    if (error instanceof NoSuchKind || isNotFound(error)) return;
    if (error instanceof Unreachable) return deleteUnreachable(kube, error, context);
    throw error;
  }
}

function deleteUnreachable(kube: Kube, error: Unreachable, context: OperationContext): void {
  context.log("warning", error.message);
  if (!kube.settings.deleteUnreachable)
    throw new Error(
      'configured Kubernetes cluster is unreachable. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
      { cause: error },
    );
  context.log(
    "info",
    "configured Kubernetes cluster is unreachable and the `deleteUnreachable` option is enabled. Deleting the unreachable resource from Pulumi state",
  );
}

/** The fields of the patch become what others, or nobody, says they are. */
async function unpatch(
  kube: Kube,
  outputs: PropertyMap,
  inputs: JsonObject,
  live: JsonObject,
  context: OperationContext,
): Promise<void> {
  const manager = managerOf(outputs, annotation(inputs, "pulumi.com/patchFieldManager"));
  try {
    await relinquish(kube, live, nameOf(live), manager, context);
  } catch (error) {
    const field = error instanceof ApiError && requiredField(error);
    if (!field) throw error;
    throw new Error(
      `this Patch resource is currently managing a required field, so it can't be deleted directly. Either set the \`retainOnDelete\` resource option, or transfer ownership of the field before deleting: ${field}`,
      { cause: error },
    );
  }
}

function requiredField({ details }: ApiError): string | undefined {
  const causes = Array.isArray(details["causes"]) ? details["causes"].filter(isObject) : [];
  const missing = causes.find(({ reason }) => reason === "FieldValueRequired");
  return missing && String(missing["field"]);
}

async function remove(
  kube: Kube,
  name: string,
  inputs: JsonObject,
  live: JsonObject,
  context: OperationContext,
): Promise<void> {
  const place = await placeOf(kube, live);
  const body = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: propagation(inputs) };
  const { body: answer } = await send(kube, { method: "DELETE", path: place.item(name), body }, context);
  const skips =
    annotation(inputs, "pulumi.com/skipAwait") === "true" && skippable.has(`${apiVersionOf(live)}/${kindOf(live)}`);
  if (skips || !isObject(answer["metadata"]) || kindOf(answer) === "Status") return;
  await awaitGone(kube, place, name, answer, timeoutOf(inputs, context), context);
}

function propagation(inputs: JsonObject): string {
  const policy = annotation(inputs, "pulumi.com/deletionPropagationPolicy").toLowerCase();
  return { orphan: "Orphan", background: "Background" }[policy] ?? "Foreground";
}

/** Asks until the object, or one of its name with another uid, is there no more. A 404 is thrown to the caller. */
async function awaitGone(
  kube: Kube,
  place: Place,
  name: string,
  deleted: JsonObject,
  timeout: number,
  context: OperationContext,
): Promise<void> {
  const until = Date.now() + timeout;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    const live = await getObject(kube, place.item(name), context);
    if (metadataOf(live)["uid"] !== metadataOf(deleted)["uid"]) return;
    if (Date.now() + pause > until) {
      context.log("warning", `finalizers might be preventing deletion (${finalizersOf(live)})`);
      throw new Error(lateCondition());
    }
    await sleep(pause, undefined, { signal: context.signal });
  }
}

function finalizersOf(live: JsonObject): string {
  const finalizers = metadataOf(live)["finalizers"];
  return Array.isArray(finalizers) ? finalizers.join(", ") : "";
}
