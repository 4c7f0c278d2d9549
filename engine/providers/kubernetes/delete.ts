import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject, PropertyMap } from "../../values/property.ts";
import type { OperationContext } from "../provider.ts";
import { getObject, placeOf, send, type Place } from "./api.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { NoSuchKind, isNotFound } from "./errors.ts";
import { annotation, apiVersionOf, kindOf, metadataOf, parseId, isObject } from "./object.ts";
import type { Kube } from "./kube.ts";
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

/** Deletes the object and waits until it is gone. One that is gone already is well. */
export async function deleteObject(
  kube: Kube,
  old: { readonly id: string; readonly outputs: PropertyMap },
  context: OperationContext,
): Promise<void> {
  const { inputs, live } = parseCheckpoint(old.outputs);
  const { name } = parseId(old.id);
  try {
    const place = await placeOf(kube, live);
    const body = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: propagation(inputs) };
    const { body: answer } = await send(kube, { method: "DELETE", path: place.item(name), body }, context);
    const skips =
      annotation(inputs, "pulumi.com/skipAwait") === "true" && skippable.has(`${apiVersionOf(live)}/${kindOf(live)}`);
    if (skips || !isObject(answer["metadata"]) || kindOf(answer) === "Status") return;
    await awaitGone(kube, place, name, answer, timeoutOf(inputs, context), context);
  } catch (error) {
    // The kind may be gone with its definition, and all its objects with it.
    if (error instanceof NoSuchKind || isNotFound(error)) return;
    throw error;
  }
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
    if (Date.now() + pause > until)
      throw new Error(
        `timed out after ${timeout / 1000} s waiting for ${kindOf(live)} ${JSON.stringify(name)} to be deleted${blockedBy(live)}`,
      );
    await sleep(pause, undefined, { signal: context.signal });
  }
}

function blockedBy(live: JsonObject): string {
  const finalizers = metadataOf(live)["finalizers"];
  return Array.isArray(finalizers) && finalizers.length > 0 ? `; finalizers left: ${finalizers.join(", ")}` : "";
}
