import type { StackUpdate } from "../stacks/tasks.ts";
import type { Freeze } from "../../model/freeze.ts";
import type { Layout } from "../../model/layout.ts";
import type { Change } from "../../model/machine/step.ts";
import type { Memory, Operation, Outcome, Phase, Request } from "../../model/operation.ts";
import type { DeletedObject, KeptThing, TenantExport } from "../../model/offboarding.ts";
import type { TakenBackup } from "../backups/provider.ts";
import type { Color } from "../../model/color.ts";
import type { Clusters } from "../../tenant/data/spec.ts";

/** A worker's hold on an operation. Whoever has the highest fence has it; writes with a lower one are refused. */
export interface Claim {
  operation: Operation;
  fence: number;
  /** Another worker had left it in the middle; said of a claim that was just taken. */
  takenOver?: boolean;
  /** Set while the operation's environment is stopped. */
  environmentStopped: { by: string; reason: string } | null;
  /** Set while the operation's environment is only observed. */
  environmentObserved: { by: string; reason: string } | null;
  /** The freeze that the operation's environment is in. */
  freeze: Freeze | null;
}

/** A lease to be prolonged: an operation's id and the fence it is held with. */
export interface Lease {
  operation: string;
  fence: number;
}

/** What a worker has to write down of an operation that it holds. */
export interface Advance {
  change?: Change;
  memory?: Memory;
  outcome?: Outcome | null;
  /** What the tenant's stack has been brought to; null: it is gone. */
  layout?: Layout | null;
  /** Revision of the tenant's settings that has been applied. */
  tenantRevision?: number;
  /** What was seen of the pods of a color or two. */
  readiness?: Partial<Record<Color, { ready: boolean; replicas: number; readyReplicas: number }>>;
  /** A backup of the operation's id, with what it joins; `pruned`: ids of those that are gone. */
  backup?: {
    provider: string;
    taken: TakenBackup;
    /** As it was when the data was. */
    layout: Layout;
    /** The stack's last update then; null: there was none. */
    stack: StackUpdate | null;
    pruned: string[];
  };
  /** The clusters of its own that the tenant's data stack has been brought to. */
  clusters?: Clusters;
  /** The request that was acted on; a newer one stays. */
  clearRequest?: Request;
  events: { type: string; phase?: Phase; message: string; data?: Record<string, unknown> }[];
  /** When it wants to be looked at again. */
  wakeAt?: Date;
  /** Gives the lease up. Without `wakeAt` it is taken up again at once, unless it is paused or halted. */
  release?: boolean;
  /** What the tenant was and has, before it is removed. */
  exported?: { export: TenantExport; objects: DeletedObject[]; more: boolean };
  /** That nothing of it is left, where that was looked for, and what is deleted only later. */
  removed?: { checked: string[]; others: KeptThing[] };
  /** The tenant is gone; its id is free again. */
  offboarded?: true;
  /** Only where nobody has asked anything of the operation meanwhile. Else `asked_meanwhile` is thrown. */
  unlessAsked?: true;
}
