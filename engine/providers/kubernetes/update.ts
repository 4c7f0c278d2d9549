import { hasUnknowns, type Json, type JsonObject, type PropertyMap } from "../../values/property.ts";
import { InitError, type OperationContext, type ResourceIdentity } from "../provider.ts";
import { apply, dryRun, getObject, placeOf, send } from "./api.ts";
import { managerOf, outputsOf, parseCheckpoint } from "./checkpoint.ts";
import { NoSuchKind, explainConflict, isForbidden, messageOf } from "./errors.ts";
import { isForced, isManagedByOthersOnly } from "./managers.ts";
import {
  annotation,
  groupOf,
  apiVersionOf,
  idOf,
  isObject,
  kindOf,
  metadataOf,
  nameOf,
  withMetadata,
} from "./object.ts";
import { normalizeInputs } from "./normalize.ts";
import { toObject } from "./plain.ts";
import type { Kube } from "./kube.ts";
import { awaitReady, type ReadyFailure } from "./ready.ts";
import { takeOver } from "./takeOver.ts";

interface Old {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

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
  const { live: before, initialApiVersion } = parseCheckpoint(old.outputs);
  const manager = managerOf(old.outputs, annotation(object, "pulumi.com/patchFieldManager"));
  const outputs = (live: JsonObject) => outputsOf(news, object, live, initialApiVersion, manager, context);
  let applied: JsonObject;
  let failure: ReadyFailure | undefined;
  try {
    applied = await change(kube, object, nameOf(before), manager, ignoreChanges, context);
    if (context.preview) return { outputs: outputs(applied) };
    ({ live: applied, failure } = await awaitReady(kube, object, applied, context));
  } catch (error) {
    if (context.preview && (isForbidden(error) || error instanceof NoSuchKind)) return { outputs: news };
    if (error instanceof NoSuchKind || context.preview)
      throw new Error(`update of resource ${JSON.stringify(resource.urn)} failed: ${messageOf(error)}`, {
        cause: error,
      });
    applied = await liveAfter(kube, resource, before, error, context);
    failure = { message: messageOf(error), reasons: [] };
  }
  if (!failure) return { outputs: outputs(applied) };
  const message = `the Kubernetes API server reported that ${JSON.stringify(idOf(applied))} failed to fully initialize or become live: ${failure.message}`;
  throw new InitError(message, idOf(applied), outputs(applied), [failure.message, ...failure.reasons]);
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
    const message = `update of resource ${JSON.stringify(resource.urn)} failed: ${messageOf(error)}\nunable to get cluster state: ${messageOf(cause)}`;
    throw new Error(message, { cause });
  }
}

async function change(
  kube: Kube,
  object: JsonObject,
  name: string,
  manager: string,
  ignoreChanges: readonly string[],
  context: OperationContext,
): Promise<JsonObject> {
  const path = (await placeOf(kube, object)).item(name);
  if (groupOf(apiVersionOf(object)) === "apiextensions.k8s.io" && kindOf(object) === "CustomResourceDefinition")
    return replaceDefinition(kube, path, object, await getObject(kube, path, context), manager, context);
  const live = await (context.preview ? getObject(kube, path, context) : takeOver(kube, path, manager, context));
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
