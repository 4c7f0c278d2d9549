import type { JsonObject } from "./json.ts";
import { apiVersionOf, type Kind, kinds } from "./kinds.ts";

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/** The version that the sandbox says it is: the newest whose behaviour it was compared with. */
export const version = {
  major: "1",
  minor: "36",
  gitVersion: "v1.36.3+sandbox",
  gitCommit: "",
  gitTreeState: "clean",
  buildDate: "1970-01-01T00:00:00Z",
  goVersion: "",
  compiler: "",
  platform: "sandbox",
};

const groups = [...new Set(kinds.map((kind) => kind.group))].filter((group) => group !== "");

/** The answer to a discovery path (`/api`, `/apis`, `/apis/apps`, `/apis/apps/v1`, …), or undefined for another path. */
export function discovered(path: string): JsonObject | undefined {
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"] };
  if (path === "/apis") return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(groupOf) };
  const [root, first, second, ...more] = path.split("/").slice(1);
  if (root === "api" && first === "v1" && second === undefined) return resourcesOf("v1");
  if (root !== "apis" || first === undefined || !groups.includes(first) || more.length > 0) return undefined;
  if (second === undefined) return { kind: "APIGroup", apiVersion: "v1", ...groupOf(first) };
  return resourcesOf(`${first}/${second}`);
}

function groupOf(name: string): JsonObject {
  const versions = [...new Set(kinds.filter((kind) => kind.group === name).map((kind) => kind.version))].map((v) => ({
    groupVersion: `${name}/${v}`,
    version: v,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

function resourcesOf(groupVersion: string): JsonObject | undefined {
  const found = kinds.filter((kind) => apiVersionOf(kind) === groupVersion);
  if (found.length === 0) return undefined;
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: found.flatMap(resources) };
}

function resources(kind: Kind): JsonObject[] {
  const main = {
    name: kind.plural,
    singularName: kind.kind.toLowerCase(),
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs,
    ...(kind.short.length === 0 ? {} : { shortNames: kind.short }),
    ...(kind.categories.length === 0 ? {} : { categories: kind.categories }),
  };
  const below = kind.subresources.map((subresource) => ({
    name: `${kind.plural}/${subresource}`,
    singularName: "",
    namespaced: kind.namespaced,
    ...(subresourceKinds[subresource] ?? { kind: kind.kind }),
    verbs: subresourceVerbs[subresource] ?? ["get", "patch", "update"],
  }));
  return [main, ...below];
}

const subresourceKinds: Record<string, JsonObject> = {
  scale: { group: "autoscaling", version: "v1", kind: "Scale" },
  binding: { kind: "Binding" },
  eviction: { group: "policy", version: "v1", kind: "Eviction" },
};

const subresourceVerbs: Record<string, string[]> = {
  log: ["get"],
  binding: ["create"],
  eviction: ["create"],
  finalize: ["update"],
};
