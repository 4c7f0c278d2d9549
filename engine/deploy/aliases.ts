import { makeUrn, urnName, urnType, type StackId } from "../state/urn.ts";

/** A former name: a whole URN, or what differs from the present one. `parent: null` means it had none. */
export type Alias =
  | { readonly urn: string }
  | {
      readonly name: string;
      readonly type: string;
      readonly stack: string;
      readonly project: string;
      readonly parent: string | null;
    };

interface Named {
  readonly name: string;
  readonly type: string;
  readonly parent: string;
}

/**
 * All URNs that a resource may have had: by its own aliases, and by its parent having been found under a former name.
 * `former` has the former URN of those resources that were found by one.
 */
export function aliasUrns(
  resource: Named,
  aliases: readonly Alias[],
  in_: StackId,
  former: ReadonlyMap<string, string>,
): string[] {
  const own = aliases.map((alias) => collapse(resource, alias, in_, former));
  const urns = new Set(own);
  const parentAlias = former.get(resource.parent);
  if (parentAlias !== undefined) {
    const parentName = urnName(resource.parent);
    urns.add(inherited(resource.type, resource.name, parentName, parentAlias, in_));
    for (const urn of own) urns.add(inherited(urnType(urn), urnName(urn), parentName, parentAlias, in_));
  }
  return [...urns];
}

function collapse(resource: Named, alias: Alias, in_: StackId, former: ReadonlyMap<string, string>): string {
  if ("urn" in alias) return alias.urn;
  const where = { stack: alias.stack || in_.stack, project: alias.project || in_.project };
  return makeUrn(
    where,
    aliasParent(resource, alias.parent, former),
    alias.type || resource.type,
    alias.name || resource.name,
  );
}

function aliasParent(resource: Named, parent: string | null, former: ReadonlyMap<string, string>): string {
  if (parent === null) return "";
  return parent === "" ? resource.parent : (former.get(parent) ?? parent);
}

/** A child is often named after its parent; then its former name was made from its parent's. */
function inherited(type: string, name: string, parentName: string, parentAlias: string, in_: StackId): string {
  const former = name.startsWith(parentName) ? urnName(parentAlias) + name.slice(parentName.length) : name;
  return makeUrn(in_, parentAlias, type, former);
}
