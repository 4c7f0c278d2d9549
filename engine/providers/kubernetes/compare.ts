/** Whether an object is as a program wants it, and whether it can be changed into that. */
import type { JsonObject, PropertyMap } from "../../values/property.ts";
import { noDiff, type Diff, type OperationContext, type PropertyDiff, type ResourceIdentity } from "../provider.ts";
import { getObject, placeOf } from "./api.ts";
import { normalized } from "./check.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { ApiError, Unreachable } from "./client.ts";
import { detailedDiff, withoutIgnored } from "./diff.ts";
import { NoSuchKind } from "./errors.ts";
import { forceNewPatterns, identity } from "./forceNew.ts";
import type { Kube } from "./kube.ts";
import { isAutonamed, isNamed } from "./naming.ts";
import { normalizeInputs } from "./normalize.ts";
import { annotation, isBuiltIn, kindOf, nameOf, namespaceOf, withMetadata } from "./object.ts";
import { pruneObject } from "./prune.ts";
import { jobReadiness } from "./readiness/job.ts";
import { isNamespaced } from "./scope.ts";
import { isPatch } from "./special.ts";

const replaceUnready = "pulumi.com/replaceUnready";

/** Compares the live object, as far as earlier inputs shaped it, with new inputs. */
export async function compareObject(
  kube: Kube,
  resource: ResourceIdentity,
  oldOutputs: PropertyMap,
  news: PropertyMap,
  ignoreChanges: readonly string[],
  context: OperationContext,
): Promise<Diff> {
  const { inputs, live } = parseCheckpoint(oldOutputs);
  const olds = normalizeInputs(inputs);
  const wanted = normalized(news);
  const pruned = pruneObject(live, olds);
  const before = nameOf(wanted) === "" ? pruned : withMetadata(pruned, { name: nameOf(live) });
  const stays = namespaceOf(wanted) !== "" && namespaceOf(wanted) === namespaceOf(before);
  const inNamespaces = stays || (await isNamespaced(kube, wanted));
  const [from, to] = [withNamespace(before, inNamespaces), withNamespace(wanted, inNamespaces)];
  const { configMapsMutable: configMaps, secretsMutable: secrets } = kube.settings;
  const forceNew = isPatch(resource.type, wanted) ? identity : forceNewPatterns(wanted, { configMaps, secrets });
  const builtIn = isBuiltIn(wanted);
  const detailed = withoutIgnored(detailedDiff({ live: from, olds, news: to, builtIn, forceNew }), ignoreChanges);
  const replaceKeys = [...keysThatReplace(detailed), ...(await unreadyKeys(kube, wanted, live, context))];
  if (Object.keys(detailed).length === 0 && replaceKeys.length === 0) return { ...noDiff, detailed: {} };
  const inPlace =
    isNamed(wanted, news) &&
    !isAutonamed(wanted) &&
    nameOf(wanted) === nameOf(live) &&
    namespaceOf(to) === namespaceOf(withNamespace(live, inNamespaces));
  return {
    changes: true,
    replaceKeys,
    changedKeys: [],
    detailed,
    deleteBeforeReplace: replaceKeys.length > 0 && inPlace,
  };
}

function keysThatReplace(detailed: Readonly<Record<string, PropertyDiff>>): string[] {
  return Object.keys(detailed).filter(
    (path) => detailed[path]!.kind.endsWith("-replace") || (path === "metadata" && detailed[path]!.kind === "delete"),
  );
}

/** An object that names no namespace is in the one called default, or is in none at all. */
function withNamespace(object: JsonObject, inNamespaces: boolean): JsonObject {
  const namespace = namespaceOf(object);
  if (inNamespaces) return namespace === "" ? withMetadata(object, { namespace: "default" }) : object;
  if (namespace === "") return object;
  const { metadata, ...rest } = object;
  const { namespace: _, ...others } = metadata as JsonObject;
  return { ...rest, metadata: others };
}

/** A Job that asks for it is made anew while it is not complete. What can't be found out is no reason to. */
async function unreadyKeys(
  kube: Kube,
  wanted: JsonObject,
  live: JsonObject,
  context: OperationContext,
): Promise<string[]> {
  if (annotation(wanted, replaceUnready) !== "true") return [];
  if (kindOf(wanted) !== "Job") {
    context.log("warning", "replaceUnready annotation is not supported for this resource");
    return [];
  }
  try {
    const job = await getObject(kube, (await placeOf(kube, live)).item(nameOf(live)), context);
    return jobReadiness(job).ready ? [] : [`.metadata.annotations["${replaceUnready}"]`];
  } catch (error) {
    if (error instanceof Unreachable) context.log("warning", "Cluster is unreachable, skipping replaceUnready check");
    else if (!(error instanceof ApiError) && !(error instanceof NoSuchKind)) throw error;
    return [];
  }
}
