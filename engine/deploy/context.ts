import type { OperationContext } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import type { StackId } from "../state/urn.ts";
import type { PlainConfigValue } from "../workspace/config.ts";
import type { Parallel } from "./parallel.ts";
import type { Registry } from "./registry.ts";
import type { Reporter } from "./reporter.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Scope } from "./targets.ts";

/** What every part of one operation shares. */
export interface Deploying {
  readonly id: StackId;
  readonly preview: boolean;
  /** The state before; pending deletions among it. In an order in which each resource follows those it needs. */
  readonly base: readonly ResourceState[];
  readonly registry: Registry;
  readonly reporter: Reporter;
  readonly snapshot: Snapshot;
  readonly signal: AbortSignal;
  /** Resources that an earlier run began to create, without a record of how that ended. */
  readonly interrupted: ReadonlyMap<string, ResourceState>;
  /** Config of the stack in the clear, by full key: default providers take theirs from it. */
  readonly config: Readonly<Record<string, PlainConfigValue>>;
  readonly scope: Scope;
  /** How many steps may talk to providers at once. */
  readonly parallel: Parallel;
  /** Goes on with what does not depend on a resource that failed. */
  readonly continueOnError: boolean;
}

/** The context of one call of a provider. */
export function callContext(deploying: Deploying, urn: string, timeout = 0): OperationContext {
  return {
    preview: deploying.preview,
    timeout,
    signal: deploying.signal,
    log: (severity, message, options) => deploying.reporter.diagnostic({ urn, severity, message, ...options }),
  };
}
