/**
 * The rights that a request took, as RBAC names them: `patch apps/deployments`, `get /pods/log`. None for what everybody
 * may read (discovery). An apply that made its object (201) took `create` too.
 */
export function rightsOf(method: string, url: string, status: number): string[] {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const match = /^\/(?:api|apis\/(?<group>[^/]+))\/v[^/]+\/(?<rest>.+)$/.exec(pathname);
  if (!match) return [];
  const parts = match.groups!["rest"]!.split("/");
  // `namespaces/x` is a namespace itself, `namespaces/x/pods` what is in it.
  const [resource, name, sub] = parts[0] === "namespaces" && parts.length > 2 ? parts.slice(2) : parts;
  const what = `${match.groups!["group"] ?? ""}/${resource}${sub === undefined ? "" : `/${sub}`}`;
  const collection = name === undefined;
  const verbs: Record<string, string[]> = {
    GET: [collection ? (searchParams.get("watch") === "true" ? "watch" : "list") : "get"],
    POST: ["create"],
    PUT: ["update"],
    PATCH: status === 201 ? ["patch", "create"] : ["patch"],
    DELETE: [collection ? "deletecollection" : "delete"],
  };
  return (verbs[method] ?? []).map((verb) => `${verb} ${what}`);
}
