import { kindNamed, kindOfPlural, type Kind, type Subresource } from "./kinds.ts";
import { noSuchResource } from "./status.ts";

/** What the path of a request is about. */
export interface Target {
  kind: Kind;
  /** Absent for all namespaces, and for what lives outside of them. */
  namespace?: string;
  /** Absent for the whole collection. */
  name?: string;
  subresource?: Subresource;
}

/**
 * Reads `/api/v1/…` and `/apis/<group>/<version>/…`.
 *
 * @throws StatusError 404 for what the sandbox does not serve.
 */
export function targetOf(path: string): Target {
  const parts = path.split("/").slice(1).map(decoded);
  const [root, ...rest] = parts;
  const depth = root === "api" ? 1 : 2;
  if ((root !== "api" && root !== "apis") || rest.length <= depth || parts.some((part) => part === ""))
    throw noSuchResource();
  const apiVersion = rest.slice(0, depth).join("/");
  const [first, namespace, plural, ...below] = rest.slice(depth);
  if (first === "namespaces" && plural !== undefined && !isSubresource(kindNamed("Namespace"), plural)) {
    const kind = kindOfPlural(apiVersion, plural);
    if (kind === undefined || !kind.namespaced) throw noSuchResource();
    return withName(kind, { namespace: namespace! }, below);
  }
  const kind = kindOfPlural(apiVersion, first!);
  const [name, ...more] = rest.slice(depth + 1);
  if (kind === undefined || (kind.namespaced && name !== undefined)) throw noSuchResource();
  return withName(kind, {}, name === undefined ? [] : [name, ...more]);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw noSuchResource(); // A path that is no valid URI names nothing.
  }
}

function isSubresource(kind: Kind, text: string): text is Subresource {
  return (kind.subresources as readonly string[]).includes(text);
}

function withName(kind: Kind, start: { namespace?: string }, [name, subresource, ...more]: string[]): Target {
  if (more.length > 0) throw noSuchResource();
  if (subresource !== undefined && !isSubresource(kind, subresource)) throw noSuchResource();
  return {
    kind,
    ...start,
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}
