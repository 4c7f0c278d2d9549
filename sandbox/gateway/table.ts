import type { CompiledRoute, CompiledRule } from "./compile.ts";
import { hostOf, lookups } from "./hostname.ts";
import { comparePrecedence, matches, type CompiledMatch, type RequestFacts } from "./match.ts";

interface Entry {
  match: CompiledMatch;
  rule: CompiledRule;
  route: CompiledRoute;
  /** Position within its route. */
  order: number;
}

/**
 * What is in force: for each host name its matches, the first to try first. A route comes and goes by itself: only the
 * hosts that it serves are touched, and a request sees it wholly or not at all.
 */
export class RoutingTable {
  readonly #hosts = new Map<string, readonly Entry[]>();
  readonly #routes = new Map<string, { route: CompiledRoute; hostnames: readonly string[] }>();

  set(route: CompiledRoute, hostnames: readonly string[]): void {
    const before = this.#routes.get(route.key)?.hostnames ?? [];
    const entries = route.rules
      .flatMap((rule) => rule.matches.map((match) => ({ match, rule, route })))
      .map((entry, order) => ({ ...entry, order }));
    for (const host of new Set([...before, ...hostnames])) {
      const others = (this.#hosts.get(host) ?? []).filter((entry) => entry.route.key !== route.key);
      this.#put(host, hostnames.includes(host) ? [...others, ...entries].sort(compare) : others);
    }
    this.#routes.set(route.key, { route, hostnames });
  }

  delete(key: string): void {
    for (const host of this.#routes.get(key)?.hostnames ?? [])
      this.#put(
        host,
        (this.#hosts.get(host) ?? []).filter((entry) => entry.route.key !== key),
      );
    this.#routes.delete(key);
  }

  get(key: string): { route: CompiledRoute; hostnames: readonly string[] } | undefined {
    return this.#routes.get(key);
  }

  values(): MapIterator<{ route: CompiledRoute; hostnames: readonly string[] }> {
    return this.#routes.values();
  }

  /** The rule for a request. Only routes of the most specific host name are looked at, as the Gateway API wants it. */
  find(hostHeader: string | undefined, request: RequestFacts): CompiledRule | undefined {
    for (const host of lookups(hostOf(hostHeader))) {
      const entries = this.#hosts.get(host);
      if (entries !== undefined) return entries.find(({ match }) => matches(match, request))?.rule;
    }
    return undefined;
  }

  #put(host: string, entries: readonly Entry[]): void {
    if (entries.length > 0) this.#hosts.set(host, entries);
    else this.#hosts.delete(host);
  }
}

const compare = (a: Entry, b: Entry): number =>
  comparePrecedence(a.match, b.match) ||
  byText(a.route.createdAt, b.route.createdAt) ||
  byText(a.route.key, b.route.key) ||
  a.order - b.order;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
