import { hasUnknowns, type Json, type JsonObject, type PropertyMap } from "../../values/property.ts";
import type { OperationContext, ResourceIdentity } from "../provider.ts";
import { apply, dryRun, getObject, placeOf, relinquish, send } from "./api.ts";
import { managerOf, outputsOf, parseCheckpoint } from "./checkpoint.ts";
import { Unreachable } from "./client.ts";
import { NoSuchKind, explainConflict, isForbidden, messageOf, unready, updateFailed } from "./errors.ts";
import { isForced, isManagedByOthersOnly } from "./managers.ts";
import { annotation, idOf, isDefinition, isObject, metadataOf, nameOf, withMetadata } from "./object.ts";
import { normalizeInputs } from "./normalize.ts";
import { toObject } from "./plain.ts";
import type { Kube } from "./kube.ts";
import { awaitReady, validateWaiting } from "./ready.ts";
import { isPatch } from "./special.ts";
import { takeOver } from "./takeOver.ts";

interface Old {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** The object as it is to be, and how it gets there. */
interface Order {
  readonly object: JsonObject;
  readonly name: string;
  readonly manager: string;
  readonly ignoreChanges: readonly string[];
  /** Some fields of somebody else's object: the others are left alone. */
  readonly patch: boolean;
}

const managerAnnotation = "pulumi.com/patchFieldManager";

/** Brings the object to new inputs by server-side apply and waits until it is ready; in a preview by a dry run. */
export async function updateObject(
  kube: Kube,
  resource: ResourceIdentity,
  old: Old,
  news: PropertyMap,
  ignoreChanges: readonly string[],
  context: OperationContext,
): Promise<{ outputs: PropertyMap }> {
  if (context.preview && hasUnknowns(news)) return { outputs: news };
  const object = normalizeInputs(toObject(news));
  const { live: before, inputs: oldInputs, initialApiVersion } = parseCheckpoint(old.outputs);
  const oldManager = managerOf(old.outputs, annotation(oldInputs, managerAnnotation));
  const manager = managerOf(old.outputs, annotation(object, managerAnnotation));
  const order = { object, name: nameOf(before), manager, ignoreChanges, patch: isPatch(resource.type, object) };
  const outputs = (live: JsonObject) => outputsOf(news, object, live, initialApiVersion, manager, context);
  let live: JsonObject;
  let reasons: readonly string[] | undefined;
  try {
    ({ live, reasons } = await change(kube, order, context));
  } catch (error) {
    if (context.preview && (isForbidden(error) || error instanceof NoSuchKind || error instanceof Unreachable))
      return { outputs: news };
    if (error instanceof Unreachable) throw error;
    if (error instanceof NoSuchKind) throw updateFailed(resource.urn, error);
    live = await liveAfter(kube, resource, before, error, context);
    reasons = [messageOf(error)];
  }
  if (reasons) throw unready(idOf(live), outputs(live), changedUnready(idOf(live), reasons));
  if (!context.preview && oldManager !== manager) await relinquish(kube, live, nameOf(live), oldManager, context);
  return { outputs: outputs(live) };
}

function changedUnready(id: string, [main = "", ...more]: readonly string[]): string[] {
  const failed = `the Kubernetes API server reported that ${JSON.stringify(id)} failed to fully initialize or become live`;
  return [`${failed}: ${main}`, ...more];
}

/** The object as it is after a failed change: state then says so. */
async function liveAfter(
  kube: Kube,
  resource: ResourceIdentity,
  before: JsonObject,
  error: unknown,
  context: OperationContext,
): Promise<JsonObject> {
  try {
    return await getObject(kube, (await placeOf(kube, before)).item(nameOf(before)), context);
  } catch (cause) {
    const { message } = updateFailed(resource.urn, error);
    throw new Error(`${message}\nunable to get cluster state: ${messageOf(cause)}`, { cause });
  }
}

async function change(kube: Kube, order: Order, context: OperationContext) {
  if (!context.preview) validateWaiting(order.object);
  const path = (await placeOf(kube, order.object)).item(order.name);
  const before = await getObject(kube, path, context);
  const changed = isDefinition(order.object)
    ? await replaceDefinition(kube, path, order.object, before, order.manager, context)
    : await applyChange(kube, order, path, before, context);
  return context.preview
    ? { live: changed, reasons: undefined }
    : awaitReady(kube, order.object, changed, before, context);
}

async function applyChange(
  kube: Kube,
  { object, manager, ignoreChanges, patch }: Order,
  path: string,
  before: JsonObject,
  context: OperationContext,
): Promise<JsonObject> {
  const live = context.preview || patch ? before : await takeOver(kube, path, manager, context, before);
  const body = withIgnored(object, live, manager, ignoreChanges);
  const force = isForced(object, live, kube.settings.patchForce, context.preview);
  try {
    return await apply(kube, { path, body, manager, force }, context);
  } catch (error) {
    throw explainConflict(error, manager);
  }
}

/** A definition is put in place of the old one as a whole, as `kubectl replace` does it. */
async function replaceDefinition(
  kube: Kube,
  path: string,
  object: JsonObject,
  live: JsonObject,
  manager: string,
  context: OperationContext,
): Promise<JsonObject> {
  const body = withMetadata(object, { resourceVersion: metadataOf(live)["resourceVersion"] ?? "" });
  return (
    await send(kube, { method: "PUT", path, query: { fieldManager: manager, ...dryRun(context) }, body }, context)
  ).body;
}

/** Ignored fields stay as the cluster has them: left out where only others manage them, else sent as they are. */
function withIgnored(object: JsonObject, live: JsonObject, manager: string, ignored: readonly string[]): JsonObject {
  return ignored.reduce((made, text) => {
    const path = text.split(".");
    if (isManagedByOthersOnly(live, manager, path)) return withValue(made, path, undefined);
    const value = valueAt(live, path);
    return value === undefined ? made : withValue(made, path, value);
  }, object);
}

function valueAt(object: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, part) => (isObject(at) ? at[part] : undefined), object);
}

function withValue(object: JsonObject, [part, ...rest]: readonly string[], value: Json | undefined): JsonObject {
  if (part === undefined) return object;
  const { [part]: inner, ...others } = object;
  if (rest.length === 0) return value === undefined ? others : { ...object, [part]: value };
  if (!isObject(inner) && value === undefined) return object;
  return { ...object, [part]: withValue(isObject(inner) ? inner : {}, rest, value) };
}
