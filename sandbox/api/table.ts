import { columnsOf } from "./columns.ts";
import type { JsonObject } from "./json.ts";
import type { KubeObject } from "./object.ts";

export type Form = "object" | "table" | "metadata";

/** How a client wants objects shown, by its Accept header: the first form in it that the sandbox has. */
export function formOf(accept: string | undefined): Form {
  for (const choice of (accept ?? "").split(",")) {
    if (!/^\s*(application\/json|\*\/\*)/.test(choice)) continue;
    if (/;as=Table\b/.test(choice)) return "table";
    if (/;as=PartialObjectMetadata(List)?\b/.test(choice)) return "metadata";
    return "object";
  }
  return "object";
}

/** Objects as rows for people (`kubectl get`). Column definitions can be left out after the first of a watch. */
export function tableOf(kind: string, objects: KubeObject[], metadata: object, withColumns = true): JsonObject {
  const columns = columnsOf(kind);
  const definitions = columns.map(({ name, type = "string", wide }) => ({
    name,
    type,
    format: name === "Name" ? "name" : "",
    description: "",
    priority: wide ? 1 : 0,
  }));
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: withColumns ? definitions : [],
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.value(object)),
      object: metadataOf(object),
    })),
  };
}

export function metadataOf({ metadata }: KubeObject): JsonObject {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata };
}
