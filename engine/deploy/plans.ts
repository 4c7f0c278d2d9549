import type { ResourceState } from "../state/resource.ts";
import { qualifiedType, stackType, urnName } from "../state/urn.ts";

/** What has been decided so far in this operation. */
export interface Plans {
  /** URNs registered. */
  readonly seen: Set<string>;
  /** URNs that have steps other than deletions. */
  readonly operated: Set<string>;
  readonly replaced: Set<string>;
  /** URNs condemned so far. */
  readonly deleted: Set<string>;
  /** Old states deleted early, for the sake of one that they depended on. */
  readonly deletedEarly: Set<ResourceState>;
  /** Old states of which the objects went in an earlier run: their deletion is only told. */
  readonly gone: ResourceState[];
  readonly dependentKeys: Map<string, readonly string[]>;
  /** By URN: the former URN under which its old state was found. */
  readonly aliases: Map<string, string>;
  /** The other way round: by former URN, the present one. */
  readonly aliased: Map<string, string>;
  /** New resources left out of a limited operation. */
  readonly skipped: Set<string>;
  /** Resources that a limited operation keeps as they were. */
  readonly kept: Set<string>;
  /** Mistakes that a preview told of and went on. */
  errors: number;
  /** Providers registered so far, by URN. */
  readonly providers: Map<string, ResourceState>;
}

export function noPlans(): Plans {
  return {
    seen: new Set(),
    operated: new Set(),
    replaced: new Set(),
    deleted: new Set(),
    deletedEarly: new Set(),
    gone: [],
    dependentKeys: new Map(),
    aliases: new Map(),
    aliased: new Map(),
    skipped: new Set(),
    kept: new Set(),
    errors: 0,
    providers: new Map(),
  };
}

export function identity(state: ResourceState) {
  return { urn: state.urn, type: state.type, name: urnName(state.urn) };
}

export function isRootStack(urn: string): boolean {
  return qualifiedType(urn) === stackType;
}
