/** What a program asks for, brought into the form that is kept as the resource's inputs. */
import { hasUnknowns, type JsonObject, type PropertyMap } from "../../values/property.ts";
import type { CheckResult, OperationContext, ResourceIdentity } from "../provider.ts";
import { findKind } from "./api.ts";
import { Unreachable } from "./client.ts";
import type { Kube } from "./kube.ts";
import { isNamedByServer, withName } from "./naming.ts";
import { normalizeInputs, withoutReadOnly } from "./normalize.ts";
import { isObject, metadataOf, nameOf, namespaceOf, withMetadata } from "./object.ts";
import { inputsFromObject, toObject } from "./plain.ts";
import { isNamespaced, rememberDefinition } from "./scope.ts";
import { isPatch, refuseSpecial } from "./special.ts";

export async function checkInputs(
  kube: Kube,
  resource: ResourceIdentity,
  olds: PropertyMap | undefined,
  news: PropertyMap,
  context: OperationContext,
): Promise<CheckResult> {
  refuseSpecial(resource.type);
  if (kube.settings.skipUnreachable && (await isAway(kube))) {
    context.log("warning", "Cluster is unreachable but skipUpdateUnreachable flag is set to true, skipping...");
    return { inputs: olds ?? {}, failures: [] };
  }
  const object = normalized(news);
  if (isPatch(resource.type, object) && nameOf(object) === "")
    throw new Error("patch resources require the `.metadata.name` field to be set");
  const previous = olds && Object.keys(olds).length > 0 ? toObject(olds) : undefined;
  const named = withName(withManagedLabel(object, previous), previous, resource.name, news);
  if (isNamedByServer(named))
    throw new Error("the `.metadata.generateName` field is not supported in Server-Side Apply mode");
  rememberDefinition(kube, named);
  return { inputs: inputsFromObject(await withDefaultNamespace(kube, named), news), failures: [] };
}

/** What holds unknowns is compared when they are known. */
export function normalized(news: PropertyMap): JsonObject {
  const object = toObject(news);
  return hasUnknowns(news) ? withoutReadOnly(object) : normalizeInputs(object);
}

async function isAway(kube: Kube): Promise<boolean> {
  try {
    await findKind(kube, "v1", "Namespace");
    return false;
  } catch (error) {
    if (error instanceof Unreachable) return true;
    throw error;
  }
}

const managedBy = "app.kubernetes.io/managed-by";

/** A label that Pulumi sets in client-side mode; objects from that time keep it. */
function withManagedLabel(object: JsonObject, olds: JsonObject | undefined): JsonObject {
  const labels = (of: JsonObject) => (isObject(metadataOf(of)["labels"]) ? metadataOf(of)["labels"] : {}) as JsonObject;
  if (!olds || labels(olds)[managedBy] !== "pulumi" || typeof metadataOf(object)["labels"] === "string") return object;
  return withMetadata(object, { labels: { ...labels(object), [managedBy]: "pulumi" } });
}

/** The provider's namespace or that of its context, on objects that name none and live in one. */
async function withDefaultNamespace(kube: Kube, object: JsonObject): Promise<JsonObject> {
  if (namespaceOf(object) !== "") return object;
  const namespace = await defaultNamespace(kube);
  return namespace !== "" && (await isNamespaced(kube, object)) ? withMetadata(object, { namespace }) : object;
}

async function defaultNamespace(kube: Kube): Promise<string> {
  if (kube.settings.namespace !== "") return kube.settings.namespace;
  try {
    return (await kube.cluster()).client.namespace;
  } catch (error) {
    if (error instanceof Unreachable) return "";
    throw error;
  }
}
