import type { Filter, HeaderChanges, Redirect } from "./resources.ts";
import { hostOf } from "./hostname.ts";

/** Headers as `http.request` takes them, names in lower case. */
export type Headers = Record<string, string | string[] | undefined>;

export function changeHeaders(headers: Headers, changes: HeaderChanges | undefined): void {
  for (const name of changes?.remove ?? []) Reflect.deleteProperty(headers, name.toLowerCase());
  for (const { name, value } of changes?.set ?? []) headers[name.toLowerCase()] = value;
  for (const { name, value } of changes?.add ?? []) {
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] = before === undefined ? value : [before, value].flat();
  }
}

/** @param list `[name, value, name, value, …]`, as they are on the wire */
export function changeRawHeaders(list: readonly string[], filters: readonly Filter[]): string[] {
  let headers = [...list];
  for (const { responseHeaderModifier: changes } of filters) {
    const dropped = [...(changes?.remove ?? []), ...(changes?.set ?? []).map(({ name }) => name)].map((n) =>
      n.toLowerCase(),
    );
    headers = headers.filter((_, index) => !dropped.includes(headers[index - (index % 2)]!.toLowerCase()));
    for (const { name, value } of [...(changes?.set ?? []), ...(changes?.add ?? [])]) headers.push(name, value);
  }
  return headers;
}

/** How a request came to the gateway. */
export interface Came {
  scheme: "http" | "https";
  port: number;
}

/** Where a redirect leads. @param hostHeader of the request; */
export function redirectTo(redirect: Redirect, hostHeader: string | undefined, url: string, came: Came): string {
  const scheme = redirect.scheme ?? came.scheme;
  const host = redirect.hostname ?? hostOf(hostHeader);
  const target = redirect.port ?? (redirect.scheme === undefined ? came.port : { http: 80, https: 443 }[scheme]);
  const isUsual = target === { http: 80, https: 443 }[scheme];
  const query = url.includes("?") ? url.slice(url.indexOf("?")) : "";
  const path = redirect.path?.type === "ReplaceFullPath" ? `${redirect.path.replaceFullPath ?? "/"}${query}` : url;
  return `${scheme}://${host}${isUsual || target === undefined ? "" : `:${target}`}${path}`;
}
