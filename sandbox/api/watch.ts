import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cluster } from "./cluster.ts";
import type { JsonObject } from "./json.ts";
import { apiVersionOf, resourceOf } from "./kinds.ts";
import type { KubeObject } from "./object.ts";
import { count, flag, matcherOf } from "./query.ts";
import type { Matcher } from "./selectors.ts";
import { StatusError, tooOld } from "./status.ts";
import type { Change } from "./store.ts";
import type { Target } from "./target.ts";

/** How objects of a watch are shown: as they are, as rows of a table, or as their metadata alone. */
export type Show = (object: KubeObject, first: boolean) => JsonObject;

const bookmarkMillis = 60_000;
/** A client that reads this much more slowly than things change is cut off, and starts over with a list. */
const mostUnsent = 32 * 1024 * 1024;
const longestSeconds = 3600;

/** Streams the changes of a collection, one JSON line each, until the client or its timeout ends it. */
export async function serveWatch(
  cluster: Cluster,
  target: Target,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  show: Show,
): Promise<void> {
  const resource = resourceOf(target.kind);
  const matches = withinTarget(target, matcherOf(target.kind, query));
  const asked = count(query, "resourceVersion") ?? 0;
  const initial = asked === 0 || flag(query, "sendInitialEvents");
  const objects =
    initial && query.get("sendInitialEvents") !== "false" ? cluster.store.list(resource, target.namespace) : [];
  const from = initial ? cluster.store.revision : asked;
  await cluster.store.durable();
  if (response.destroyed) return;

  const stream = new WatchStream(response, matches, show, apiVersionOf(target.kind), target.kind.kind);
  // Read and subscribed in one turn: no change falls between the two.
  const missed = cluster.store.since(resource, from);
  if (from > cluster.store.revision) return stream.refuse(tooOld(from, cluster.store.revision));
  if (!Array.isArray(missed)) return stream.refuse(tooOld(from, missed.oldest));
  stream.start(from);
  for (const object of objects.filter(matches)) stream.send("ADDED", object);
  if (flag(query, "sendInitialEvents")) stream.bookmark({ "k8s.io/initial-events-end": "true" });
  for (const change of missed) stream.change(change);
  const unsubscribe = cluster.store.subscribe(resource, (change) => stream.change(change));
  const bookmarks = flag(query, "allowWatchBookmarks")
    ? setInterval(() => stream.bookmark(), bookmarkMillis)
    : undefined;
  const seconds = Math.min(count(query, "timeoutSeconds") ?? longestSeconds / 2, longestSeconds);
  const timeout = setTimeout(() => response.end(), Math.max(seconds, 1) * 1000);
  const stop = (): void => {
    unsubscribe();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  };
  response.once("close", stop);
  request.once("aborted", () => response.destroy());
}

function withinTarget({ namespace, name }: Target, matches: Matcher): Matcher {
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    matches(object);
}

class WatchStream {
  readonly #response: ServerResponse;
  readonly #matches: Matcher;
  readonly #show: Show;
  readonly #apiVersion: string;
  readonly #kind: string;
  #revision = 0;
  #first = true;

  constructor(response: ServerResponse, matches: Matcher, show: Show, apiVersion: string, kind: string) {
    this.#response = response;
    this.#matches = matches;
    this.#show = show;
    this.#apiVersion = apiVersion;
    this.#kind = kind;
  }

  start(revision: number): void {
    this.#revision = revision;
    this.#response.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache, private" });
    this.#response.flushHeaders();
  }

  /** The watch cannot begin: told as its first and only event. */
  refuse(error: StatusError): void {
    this.start(0);
    this.#write("ERROR", error.body());
    this.#response.end();
  }

  /** An object that comes to fit the selectors is added for this watch, one that no longer fits is deleted. */
  change({ type, object, previous, revision }: Change): void {
    this.#revision = revision;
    const fits = this.#matches(object);
    const fitted = previous !== undefined && this.#matches(previous);
    if (type === "DELETED" ? fitted : fitted && !fits) this.send("DELETED", object);
    else if (type !== "DELETED" && fits) this.send(fitted ? "MODIFIED" : "ADDED", object);
  }

  send(type: string, object: KubeObject): void {
    this.#write(type, this.#show(object, this.#first));
    this.#first = false;
  }

  bookmark(annotations?: Record<string, string>): void {
    const metadata = { resourceVersion: String(this.#revision), ...(annotations === undefined ? {} : { annotations }) };
    this.#write("BOOKMARK", { kind: this.#kind, apiVersion: this.#apiVersion, metadata });
  }

  #write(type: string, object: JsonObject): void {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    this.#response.write(`{"type":"${type}","object":${JSON.stringify(object)}}\n`);
    if (this.#response.writableLength > mostUnsent) this.#response.destroy();
  }
}
