import { type Cluster } from "./cluster.ts";
import { type JsonObject } from "./json.ts";
import { apiVersionOf, resourceOf } from "./kinds.ts";
import { type KubeObject, keyOf } from "./object.ts";
import { count, matcherOf } from "./query.ts";
import { badRequest } from "./status.ts";
import type { Target } from "./target.ts";

export interface Page {
  items: KubeObject[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

/** The objects of a collection that the query's selectors let through, a page at a time when it says `limit`. */
export function list(cluster: Cluster, { kind, namespace }: Target, query: URLSearchParams): Page {
  const matches = matcherOf(kind, query);
  const after = startOf(query.get("continue"));
  const limit = count(query, "limit") ?? 0;
  const found = cluster.store.list(resourceOf(kind), namespace).filter(matches);
  const start = after === undefined ? 0 : found.findIndex((object) => sortKey(object) > after);
  const rest = start < 0 ? [] : found.slice(start);
  const resourceVersion = String(cluster.store.revision);
  if (limit === 0 || rest.length <= limit) return { items: rest, metadata: { resourceVersion } };
  const items = rest.slice(0, limit);
  const next = Buffer.from(tokenMark + sortKey(items.at(-1)!)).toString("base64url");
  // Of what selectors leave, a real server doesn't know how much there is.
  const left =
    query.has("labelSelector") || query.has("fieldSelector") ? {} : { remainingItemCount: rest.length - limit };
  return { items, metadata: { resourceVersion, continue: next, ...left } };
}

/** Keys in the order in which the store lists: by namespace, then by name. */
function sortKey(object: KubeObject): string {
  return keyOf(object).replace("/", "\0");
}

/** What every token of ours begins with. */
const tokenMark = "after:";

function startOf(token: string | null): string | undefined {
  if (token === null || token === "") return undefined;
  const key = Buffer.from(token, "base64url").toString();
  if (!key.startsWith(tokenMark)) throw badRequest("continue key is not valid");
  return key.slice(tokenMark.length);
}

export function listBody({ kind }: Target, page: Page): JsonObject {
  const items = kind.custom ? page.items : page.items.map(({ kind: _, apiVersion: __, ...item }) => item);
  return { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata: page.metadata, items };
}
