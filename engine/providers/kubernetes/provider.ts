/** The Kubernetes provider: what Pulumi asks of it, put together from its parts. */
import { unsupported } from "../../unsupported.ts";
import { hasUnknowns, type JsonObject, type PropertyMap } from "../../values/property.ts";
import { noDiff, type Diff, type Provider, type ResourceIdentity } from "../provider.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { createObject } from "./create.ts";
import { deleteObject } from "./delete.ts";
import { detailedDiff, withoutIgnored } from "./diff.ts";
import { forceNewPatterns } from "./forceNew.ts";
import { isAutonamed, isNamed, withName } from "./naming.ts";
import { normalizeInputs } from "./normalize.ts";
import { apiVersionOf, isBuiltIn, kindOf, namespaceOf, nameOf, withMetadata } from "./object.ts";
import type { Cluster, Kube, Settings } from "./kube.ts";
import { fromObject, toObject } from "./plain.ts";
import { pruneObject } from "./prune.ts";
import { readObject } from "./read.ts";
import { updateObject } from "./update.ts";

export function kubernetesProvider(settings: Settings, cluster: () => Promise<Cluster>): Provider {
  const kube: Kube = { settings, cluster };
  return {
    check: (resource, olds, news) => check(kube, resource, olds, news),
    diff: (_resource, old, news, ignoreChanges) => diff(kube, old.outputs, news, ignoreChanges),
    create: (resource, inputs, adopt, context) => createObject(kube, resource, inputs, adopt, context),
    update: (resource, old, news, ignoreChanges, context) =>
      updateObject(kube, resource, old, news, ignoreChanges, context),
    delete: (_resource, old, context) => deleteObject(kube, old, context),
    read: (_resource, old, context) => readObject(kube, old, context),
  };
}

/** Kinds that stand for more than one object, or for part of one. */
function refuseSpecial(type: string): void {
  const kind = type.slice(type.lastIndexOf(":") + 1);
  if (
    type.startsWith("kubernetes:helm.sh/") ||
    type.startsWith("kubernetes:kustomize") ||
    type.startsWith("kubernetes:yaml")
  )
    throw unsupported(`the resource type ${type}`);
  if (kind.endsWith("Patch") || kind.endsWith("List")) throw unsupported(`the resource type ${type}`);
}

async function check(kube: Kube, resource: ResourceIdentity, olds: PropertyMap | undefined, news: PropertyMap) {
  refuseSpecial(resource.type);
  const normalized = hasUnknowns(news) ? toObject(news) : normalizeInputs(toObject(news));
  const previous = olds && Object.keys(olds).length > 0 ? toObject(olds) : undefined;
  const named = withName(normalized, previous, resource.name, news);
  return { inputs: fromObject(await withDefaultNamespace(kube, named), news), failures: [] };
}

/** The provider's namespace, on objects that name none and live in one. */
async function withDefaultNamespace(kube: Kube, object: JsonObject): Promise<JsonObject> {
  const { namespace } = kube.settings;
  if (namespace === "" || namespaceOf(object) !== "") return object;
  const kind = await (await kube.cluster()).discovery.find(apiVersionOf(object), kindOf(object));
  return kind && !kind.namespaced ? object : withMetadata(object, { namespace });
}

async function diff(
  kube: Kube,
  oldOutputs: PropertyMap,
  news: PropertyMap,
  ignoreChanges: readonly string[],
): Promise<Diff> {
  const { inputs: oldInputs, live } = parseCheckpoint(oldOutputs);
  const olds = normalizeInputs(oldInputs);
  const wanted = hasUnknowns(news) ? toObject(news) : normalizeInputs(toObject(news));
  const pruned = pruneObject(live, olds);
  const before = nameOf(wanted) === "" ? pruned : withMetadata(pruned, { name: nameOf(live) });
  const [from, to] = await withSameNamespaceForm(kube, before, wanted);
  const found = detailedDiff({
    live: from,
    olds,
    news: to,
    builtIn: isBuiltIn(wanted),
    forceNew: forceNewPatterns(wanted, {
      configMaps: kube.settings.configMapsMutable,
      secrets: kube.settings.secretsMutable,
    }),
  });
  const detailed = withoutIgnored(found, ignoreChanges);
  const replaceKeys = Object.keys(detailed).filter(
    (path) => detailed[path]!.kind.endsWith("-replace") || (path === "metadata" && detailed[path]!.kind === "delete"),
  );
  if (Object.keys(detailed).length === 0) return { ...noDiff, detailed: {} };
  const inPlace =
    isNamed(wanted, news) &&
    !isAutonamed(wanted) &&
    nameOf(wanted) === nameOf(live) &&
    namespaceOf(to) === namespaceOf(from);
  return {
    changes: true,
    replaceKeys,
    changedKeys: [],
    detailed,
    deleteBeforeReplace: replaceKeys.length > 0 && inPlace,
  };
}

/**
 * An object that names no namespace is in the one called default, or is in none at all. Which of the two is asked only
 * where it matters.
 */
async function withSameNamespaceForm(
  kube: Kube,
  live: JsonObject,
  news: JsonObject,
): Promise<[JsonObject, JsonObject]> {
  const [before, after] = [namespaceOf(live), namespaceOf(news)];
  if (before === after) return [live, news];
  if (before !== "" && after !== "") return [live, news];
  const kind = await (await kube.cluster()).discovery.find(apiVersionOf(news), kindOf(news));
  const namespace = (given: string) => (kind && !kind.namespaced ? "" : given || "default");
  const withNamespace = (object: JsonObject, given: string) => withMetadata(object, { namespace: namespace(given) });
  return [withNamespace(live, before), withNamespace(news, after)];
}
