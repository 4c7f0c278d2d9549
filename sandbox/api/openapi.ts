import type { JsonObject } from "./json.ts";
import { apiVersionOf, type Kind, kinds } from "./kinds.ts";

/**
 * As much of the OpenAPI document as kubectl needs before it sends anything: which kinds there are, and that the server
 * checks fields itself. There are no schemas in it.
 */
export function openApi(path: string): JsonObject | undefined {
  const versions = [...new Set(kinds.map(apiVersionOf))];
  if (path === "/openapi/v3") {
    const entries = versions.map((version) => [
      pathOf(version),
      { serverRelativeURL: `/openapi/v3/${pathOf(version)}` },
    ]);
    return { paths: Object.fromEntries(entries) as JsonObject };
  }
  const version = versions.find((candidate) => path === `/openapi/v3/${pathOf(candidate)}`);
  if (version === undefined) return undefined;
  const served = kinds.filter((kind) => apiVersionOf(kind) === version);
  return {
    openapi: "3.0.0",
    info: { title: "Teal sandbox", version: "v1" },
    components: { schemas: {} },
    paths: Object.fromEntries(served.map((kind) => [objectPath(kind), { patch: patchOf(kind) }])),
  };
}

function pathOf(version: string): string {
  return version.includes("/") ? `apis/${version}` : `api/${version}`;
}

function objectPath(kind: Kind): string {
  const namespace = kind.namespaced ? "namespaces/{namespace}/" : "";
  return `/${pathOf(apiVersionOf(kind))}/${namespace}${kind.plural}/{name}`;
}

function patchOf({ group, version, kind, plural }: Kind): JsonObject {
  return {
    operationId: `patch-${group}-${version}-${plural}`,
    parameters: [{ name: "fieldValidation", in: "query", schema: { type: "string" } }],
    responses: { 200: { description: "OK" } },
    "x-kubernetes-action": "patch",
    "x-kubernetes-group-version-kind": { group, version, kind },
  };
}
