import { unsupported } from "./causes.ts";
import type { DeleteOptions, Propagation } from "./delete.ts";
import { isObject, objectAt } from "./json.ts";
import type { Kind } from "./kinds.ts";
import type { KubeObject } from "./object.ts";
import { fieldMatcher, labelMatcher, type Matcher } from "./selectors.ts";
import { badRequest, invalidOptions } from "./status.ts";

/** `?name=true` and `?name=1`. */
export function flag(query: URLSearchParams, name: string): boolean {
  return ["true", "1"].includes(query.get(name) ?? "");
}

/** A whole number from the query, undefined when it is not there. @throws StatusError 400 */
export function count(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  if (!/^\d{1,15}$/.test(text))
    throw badRequest(`invalid ${name}: expected a whole number, got ${JSON.stringify(text)}`);
  return Number(text);
}

export function isDryRun(query: URLSearchParams): boolean {
  const values = query.getAll("dryRun").filter((value) => value !== "");
  if (values.some((value) => value !== "All")) throw invalidOptions("Options", unsupported("dryRun", values, ["All"]));
  return values.length > 0;
}

/** What the label and field selectors of a query let through. */
export function matcherOf(kind: Kind, query: URLSearchParams): Matcher {
  const [labels, fields] = [query.get("labelSelector") ?? "", query.get("fieldSelector") ?? ""];
  if (labels === "" && fields === "") return () => true;
  const [byLabel, byField] = [labelMatcher(labels), fieldMatcher(kind.kind, fields)];
  return (object: KubeObject) => byLabel(object) && byField(object);
}

/** The wishes of a deletion, from its body or its query. */
export function deleteOptionsOf(query: URLSearchParams, body: unknown): DeleteOptions {
  const sent = isObject(body) ? body : {};
  const grace = sent["gracePeriodSeconds"] ?? count(query, "gracePeriodSeconds");
  const policy = sent["propagationPolicy"] ?? query.get("propagationPolicy") ?? orphanPolicy(sent, query);
  const { uid, resourceVersion } = objectAt(sent["preconditions"]);
  const dryRun = isDryRun(query) || (Array.isArray(sent["dryRun"]) && sent["dryRun"].includes("All"));
  if (policy !== undefined && !isPropagation(policy)) {
    throw badRequest(`invalid propagationPolicy ${JSON.stringify(policy)}: expected Background, Foreground or Orphan`);
  }
  return {
    dryRun,
    ...(typeof grace === "number" ? { gracePeriodSeconds: grace } : {}),
    ...(policy === undefined ? {} : { propagationPolicy: policy }),
    preconditions: {
      ...(typeof uid === "string" ? { uid } : {}),
      ...(typeof resourceVersion === "string" ? { resourceVersion } : {}),
    },
  };
}

/** The older way to say it. */
function orphanPolicy(sent: Record<string, unknown>, query: URLSearchParams): Propagation | undefined {
  const orphan =
    sent["orphanDependents"] ?? (query.has("orphanDependents") ? flag(query, "orphanDependents") : undefined);
  if (orphan === undefined) return undefined;
  return orphan === true ? "Orphan" : "Background";
}

function isPropagation(value: unknown): value is Propagation {
  return value === "Background" || value === "Foreground" || value === "Orphan";
}
