import type { RouteMatch } from "./resources.ts";

/** What of a request routing looks at. */
export interface RequestFacts {
  method: string;
  /** As it came, with its query. */
  url: string;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** One of a rule's matches, made ready to be tried against thousands of requests. */
export interface CompiledMatch {
  exactPath: string | undefined;
  /** Without a slash at its end; empty for a prefix that everything has. */
  prefix: string;
  method: string | undefined;
  headers: readonly (readonly [string, string])[];
  query: readonly (readonly [string, string])[];
}

/** @returns a reason instead where the match asks for something that this gateway doesn't do */
export function compileMatch(match: RouteMatch): CompiledMatch | string {
  const type = match.path?.type ?? "PathPrefix";
  const value = match.path?.value ?? "/";
  if (type !== "Exact" && type !== "PathPrefix") return `path matches of type ${type} are not supported`;
  for (const { type: kind = "Exact", name } of [...(match.headers ?? []), ...(match.queryParams ?? [])])
    if (kind !== "Exact") return `matches of type ${kind}, as for ${name}, are not supported`;
  return {
    exactPath: type === "Exact" ? value : undefined,
    prefix: type === "Exact" ? "" : value.replace(/\/+$/, ""),
    method: match.method,
    headers: (match.headers ?? []).map(({ name, value: wanted }) => [name.toLowerCase(), wanted] as const),
    query: (match.queryParams ?? []).map(({ name, value: wanted }) => [name, wanted] as const),
  };
}

export function matches(match: CompiledMatch, { method, url, headers }: RequestFacts): boolean {
  const end = url.indexOf("?");
  const path = end < 0 ? url : url.slice(0, end);
  if (match.exactPath !== undefined) {
    if (path !== match.exactPath) return false;
  } else if (!hasPrefix(path, match.prefix)) return false;
  if (match.method !== undefined && match.method !== method) return false;
  for (const [name, value] of match.headers) if (headers[name] !== value) return false;
  if (match.query.length === 0) return true;
  const query = new URLSearchParams(end < 0 ? "" : url.slice(end));
  return match.query.every(([name, value]) => query.get(name) === value);
}

/** `/a` is a prefix of `/a` and of `/a/b`, not of `/ab`. */
const hasPrefix = (path: string, prefix: string): boolean =>
  path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/" || prefix === "");

/**
 * Which of two matches of the same host comes first, by the Gateway API: an exact path, the longer prefix, a method, more
 * headers, more query parameters. Zero where they are alike: then the older route, and its earlier rule, is first.
 */
export function comparePrecedence(a: CompiledMatch, b: CompiledMatch): number {
  return (
    Number(b.exactPath !== undefined) - Number(a.exactPath !== undefined) ||
    b.prefix.length - a.prefix.length ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    b.headers.length - a.headers.length ||
    b.query.length - a.query.length
  );
}
