import { keyOf } from "../kubernetes/types.ts";
import type { ReferenceGrant } from "./resources.ts";

/** Which HTTPRoutes may lead to Services of other namespaces: by the ReferenceGrants there, and by nothing else. */
export class Grants {
  readonly #grants = new Map<string, ReferenceGrant>();

  set(grant: ReferenceGrant): void {
    this.#grants.set(keyOf(grant), grant);
  }

  delete(grant: ReferenceGrant): void {
    this.#grants.delete(keyOf(grant));
  }

  /** @param from namespace of the route; @param to of the Service */
  allows(from: string, to: string, service: string): boolean {
    return [...this.#grants.values()].some(
      ({ metadata, spec }) =>
        metadata.namespace === to &&
        spec.from.some(
          ({ group, kind, namespace }) =>
            group === "gateway.networking.k8s.io" && kind === "HTTPRoute" && namespace === from,
        ) &&
        spec.to.some(
          ({ group, kind, name }) => group === "" && kind === "Service" && (name === undefined || name === service),
        ),
    );
  }
}

/** Namespaces whose routes a grant is about. */
export function grantees({ spec }: ReferenceGrant): string[] {
  return spec.from.map(({ namespace }) => namespace);
}
