import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { hasUnknowns, type JsonObject, type PropertyMap } from "../../values/property.ts";
import type { Created, OperationContext, ResourceIdentity } from "../provider.ts";
import { apply, dryRun, forgetKind, placeOf, send } from "./api.ts";
import { managerOf, outputsOf } from "./checkpoint.ts";
import { Unreachable } from "./client.ts";
import {
  NoSuchKind,
  creationFailed,
  explainConflict,
  isAlreadyExists,
  isBeingDeleted,
  isForbidden,
  isImmutable,
  isKindNotFound,
  isNamespaceNotFound,
  isNotFound,
  messageOf,
  refusesDryRun,
  unready,
} from "./errors.ts";
import { creator, isForced } from "./managers.ts";
import { annotation, apiVersionOf, idOf, isBuiltIn, isDefinition, nameOf, withMetadata } from "./object.ts";
import { toObject } from "./plain.ts";
import type { Kube } from "./kube.ts";
import { awaitReady, validateWaiting } from "./ready.ts";
import { isPatch } from "./special.ts";
import { takeOver } from "./takeOver.ts";

/** Pauses before a creation is tried again, in milliseconds. */
const pauses = [100, 200, 400, 800, 1_500, 3_000, 5_000, 8_000, 12_000];

/** What is to be made, and how. */
interface Order {
  readonly object: JsonObject;
  readonly manager: string;
  /** The object may be there already: its fields are set, those of others left alone. */
  readonly upsert: boolean;
  /** An earlier run may have made the object and not lived to record it. */
  readonly adopt: boolean;
}

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
  const patch = isPatch(resource.type, object);
  const order: Order = { object, manager, upsert: patch || kube.settings.upsert, adopt };
  const outputs = (live: JsonObject) => outputsOf(inputs, object, live, apiVersionOf(object), manager, context);
  try {
    if (context.preview) {
      // Without an answer from the server, the inputs are all that is known of the object.
      const seen = patch || hasUnknowns(inputs) ? undefined : await foresee(kube, order, context);
      return { id: "", outputs: seen ? outputs(seen) : inputs };
    }
    validateWaiting(object);
    const made = await make(kube, order, context);
    context.log("info", "", { ephemeral: true });
    const { live, reasons } = await awaitReady(kube, object, made, undefined, context);
    context.log("info", "", { ephemeral: true });
    if (isDefinition(object)) await forgetKind(kube, definedObject(object));
    if (reasons) throw unready(idOf(live), outputs(live), createdUnready(resource.urn, reasons));
    return { id: idOf(live), outputs: outputs(live) };
  } catch (error) {
    throw told(resource, error);
  }
}

function told({ urn, type }: ResourceIdentity, error: unknown): unknown {
  if (error instanceof Unreachable || (error as Error).name === "InitError") return error;
  return creationFailed(urn, type, error);
}

function createdUnready(urn: string, [main = "", ...more]: readonly string[]): string[] {
  return [
    `resource ${JSON.stringify(urn)} was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: ${main}`,
    ...more,
  ];
}

/** An object of the first version that a definition defines. */
function definedObject(definition: JsonObject): JsonObject {
  const spec = definition["spec"] as { group?: string; versions?: { name?: string }[] } | undefined;
  return { apiVersion: `${spec?.group ?? ""}/${spec?.versions?.[0]?.name ?? ""}` };
}

/** What the server would make of it; undefined where it can't say yet. */
async function foresee(kube: Kube, order: Order, context: OperationContext): Promise<JsonObject | undefined> {
  try {
    return await makeOnce(kube, order, context);
  } catch (error) {
    if (order.upsert && isImmutable(error)) return foreseeAnew(kube, order, context);
    if (isKindNotFound(error) || error instanceof Unreachable || error instanceof NoSuchKind) return undefined;
    if (isForbidden(error) || isNamespaceNotFound(error) || isAlreadyExists(error) || refusesDryRun(error))
      return undefined;
    throw error;
  }
}

/** A replacement of the same name can't be tried while the old one is there: one of another name can. */
function foreseeAnew(kube: Kube, order: Order, context: OperationContext): Promise<JsonObject> {
  const name = `${nameOf(order.object).slice(0, 58)}${randomBytes(3).toString("hex").slice(0, 5)}`;
  return makeOnce(kube, { ...order, object: withMetadata(order.object, { name }) }, context);
}

async function make(kube: Kube, order: Order, context: OperationContext): Promise<JsonObject> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await makeOnce(kube, order, context);
    } catch (error) {
      if (isKindNotFound(error)) await forgetKind(kube, order.object);
      const pause = mayPass(error, order.object) ? pauses[attempt] : undefined;
      context.log("info", `Retry #${attempt}; creation failed: ${messageOf(error)}`, { ephemeral: true });
      if (pause === undefined || context.signal.aborted) throw error;
      await sleep(pause, undefined, { signal: context.signal });
    }
  }
}

/** Its namespace or a kind of others may be still to come, and one of its name that is being deleted goes. */
function mayPass(error: unknown, object: JsonObject): boolean {
  if (error instanceof NoSuchKind) return !isBuiltIn(object);
  return isNotFound(error) || isBeingDeleted(error);
}

async function makeOnce(kube: Kube, order: Order, context: OperationContext): Promise<JsonObject> {
  const { object, manager } = order;
  const place = await placeOf(kube, object);
  const path = place.item(nameOf(object));
  if (order.upsert) {
    const force = isForced(object, undefined, kube.settings.patchForce, context.preview);
    try {
      return await apply(kube, { path, body: object, manager, force }, context);
    } catch (error) {
      throw explainConflict(error, manager);
    }
  }
  try {
    const query = { fieldManager: creator, ...dryRun(context) };
    return (await send(kube, { method: "POST", path: place.collection, query, body: object }, context)).body;
  } catch (error) {
    const ours = !context.preview && (order.adopt || (error as { repeated?: boolean }).repeated === true);
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
