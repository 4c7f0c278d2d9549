import { setTimeout as sleep } from "node:timers/promises";
import { hasUnknowns, type JsonObject, type PropertyMap } from "../../values/property.ts";
import { InitError, type Created, type OperationContext, type ResourceIdentity } from "../provider.ts";
import { apply, dryRun, placeOf, send } from "./api.ts";
import { managerOf, outputsOf } from "./checkpoint.ts";
import {
  NoSuchKind,
  creationFailed,
  isAlreadyExists,
  isBeingDeleted,
  isForbidden,
  isNamespaceNotFound,
  isNotFound,
  messageOf,
} from "./errors.ts";
import { creator, isForced } from "./managers.ts";
import { annotation, apiVersionOf, idOf, nameOf } from "./object.ts";
import { toObject } from "./plain.ts";
import type { Kube } from "./kube.ts";
import { awaitReady } from "./ready.ts";
import { takeOver } from "./takeOver.ts";

/** Pauses before a creation is tried again, in milliseconds. */
const pauses = [1_000, 2_000, 4_000, 8_000, 16_000];

/** Makes the object and waits until it is ready. In a preview the server is asked what it would make of it. */
export async function createObject(
  kube: Kube,
  resource: ResourceIdentity,
  inputs: PropertyMap,
  adopt: boolean,
  context: OperationContext,
): Promise<Created> {
  const object = toObject(inputs);
  const manager = managerOf(undefined, annotation(object, "pulumi.com/patchFieldManager"));
  const outputs = (live: JsonObject) => outputsOf(inputs, object, live, apiVersionOf(object), manager, context);
  if (context.preview) return preview(kube, inputs, object, manager, outputs, context);
  const made = await make(kube, object, manager, adopt, context).catch((error: unknown) => {
    throw creationFailed(resource.urn, resource.type, error);
  });
  context.log("info", "", { ephemeral: true });
  const { live, failure } = await awaitReady(kube, object, made, context);
  context.log("info", "", { ephemeral: true });
  if (failure)
    throw new InitError(
      `resource ${JSON.stringify(resource.urn)} was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: ${failure.message}`,
      idOf(live),
      outputs(live),
      [failure.message, ...failure.reasons],
    );
  return { id: idOf(live), outputs: outputs(live) };
}

/** Without an answer from the server, the inputs are all that is known of the object. */
async function preview(
  kube: Kube,
  inputs: PropertyMap,
  object: JsonObject,
  manager: string,
  outputs: (live: JsonObject) => PropertyMap,
  context: OperationContext,
): Promise<Created> {
  const unanswered = { id: "", outputs: inputs };
  if (hasUnknowns(inputs)) return unanswered;
  try {
    const place = await placeOf(kube, object);
    if (kube.settings.upsert) {
      const body = object;
      return {
        id: "",
        outputs: outputs(await apply(kube, { path: place.item(nameOf(object)), body, manager, force: true }, context)),
      };
    }
    const query = { fieldManager: creator, ...dryRun(context) };
    const { body } = await send(kube, { method: "POST", path: place.collection, query, body: object }, context);
    return { id: "", outputs: outputs(body) };
  } catch (error) {
    if (error instanceof NoSuchKind || isForbidden(error) || isNamespaceNotFound(error) || isAlreadyExists(error))
      return unanswered;
    throw error;
  }
}

async function make(
  kube: Kube,
  object: JsonObject,
  manager: string,
  adopt: boolean,
  context: OperationContext,
): Promise<JsonObject> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await makeOnce(kube, object, manager, adopt, context);
    } catch (error) {
      const pause = mayPass(error) ? pauses[attempt] : undefined;
      context.log("info", `Retry #${attempt}; creation failed: ${messageOf(error)}`, { ephemeral: true });
      if (pause === undefined || context.signal.aborted) throw error;
      await sleep(pause, undefined, { signal: context.signal });
    }
  }
}

/** Its namespace or kind may be still to come, and one of its name that is being deleted goes. */
function mayPass(error: unknown): boolean {
  return error instanceof NoSuchKind || isNotFound(error) || isBeingDeleted(error);
}

async function makeOnce(
  kube: Kube,
  object: JsonObject,
  manager: string,
  adopt: boolean,
  context: OperationContext,
): Promise<JsonObject> {
  const place = await placeOf(kube, object);
  const path = place.item(nameOf(object));
  if (kube.settings.upsert) {
    const force = isForced(object, undefined, kube.settings.patchForce, false);
    return apply(kube, { path, body: object, manager, force }, context);
  }
  try {
    const query = { fieldManager: creator };
    return (await send(kube, { method: "POST", path: place.collection, query, body: object }, context)).body;
  } catch (error) {
    const ours = adopt || (error as { repeated?: boolean }).repeated === true;
    if (!isAlreadyExists(error) || isBeingDeleted(error) || !ours) throw error;
    return adoptObject(kube, object, path, manager, context);
  }
}

/** Takes over an object that an earlier attempt of ours made, without a record of it. */
async function adoptObject(
  kube: Kube,
  object: JsonObject,
  path: string,
  manager: string,
  context: OperationContext,
): Promise<JsonObject> {
  await takeOver(kube, path, manager, context);
  return apply(kube, { path, body: object, manager, force: true }, context);
}
