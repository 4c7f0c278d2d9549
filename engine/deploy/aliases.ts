import { makeUrn, qualifiedType, urnName, urnType, type StackId } from "../state/urn.ts";

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
 */
export function aliasUrns(
  resource: Named,
  aliases: readonly Alias[],
  in_: StackId,
  parentAlias: string | undefined,
): string[] {
  const urns = new Set(aliases.map((alias) => collapse(resource, alias, in_)));
  if (resource.parent && parentAlias !== undefined) {
    const parentName = urnName(resource.parent);
    urns.add(inherited(resource.type, resource.name, parentName, parentAlias, in_));
    for (const alias of aliases) {
      const urn = collapse(resource, alias, in_);
      urns.add(inherited(urnType(urn), urnName(urn), parentName, parentAlias, in_));
    }
  }
  return [...urns];
}

function collapse(resource: Named, alias: Alias, in_: StackId): string {
  if ("urn" in alias) return alias.urn;
  const parent = alias.parent === null ? "" : alias.parent || resource.parent;
  const where = { stack: alias.stack || in_.stack, project: alias.project || in_.project };
  return makeUrn(where, parent, alias.type || resource.type, alias.name || resource.name);
}

/** A child is often named after its parent; then its former name was made from its parent's. */
function inherited(type: string, name: string, parentName: string, parentAlias: string, in_: StackId): string {
  const former = name.startsWith(parentName) ? urnName(parentAlias) + name.slice(parentName.length) : name;
  return `urn:pulumi:${in_.stack}::${in_.project}::${qualifiedType(parentAlias)}$${type}::${former}`;
}
