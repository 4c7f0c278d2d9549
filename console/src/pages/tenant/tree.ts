import type { StackResource } from "../../api/types.ts";

export interface Node {
  resource: StackResource;
  children: Node[];
}

/** Resources below their parents, in the order in which they came; whatever has no parent among them is a root. */
export function treeOf(resources: readonly StackResource[]): Node[] {
  const nodes = new Map<string, Node>();
  for (const resource of resources) {
    // While one is replaced, old and new have the same URN.
    if (!nodes.has(resource.urn)) nodes.set(resource.urn, { resource, children: [] });
  }
  const roots: Node[] = [];
  for (const resource of resources) {
    const known = nodes.get(resource.urn)!;
    const node = known.resource === resource ? known : { resource, children: [] };
    const parent = resource.parent === null ? undefined : nodes.get(resource.parent);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}
