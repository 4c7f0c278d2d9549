import type { PreviewView } from "../../model/views.ts";
import type { StackContents } from "./contents.ts";
import type { StackDrift } from "./drift.ts";
import type { Printed } from "./printed.ts";
import type { TenantDataOutputs } from "../../model/tenantData.ts";
import type { DataSpec } from "../../tenant/data/spec.ts";
import type { TenantSpec } from "../../tenant/spec.ts";

/** What main thread and stack threads tell each other. */

export interface Place {
  environment: string;
  id: string;
}

/** An update in a stack's history. */
export interface StackUpdate {
  /** As Pulumi counts; 0 where its backend counts none. */
  version: number;
  /** ISO 8601. */
  at: string;
}

export type Task = TenantTask | DataTask;

/** On stacks of project `tenant`. */
export type TenantTask =
  | { do: "up"; spec: TenantSpec; routeOnly: boolean; plan?: string; shown?: readonly string[]; message: string }
  | { do: "preview"; spec: TenantSpec }
  | { do: "destroy"; place: Place }
  | { do: "outputs"; place: Place }
  | { do: "last"; place: Place }
  | { do: "lastUpdate"; place: Place }
  | { do: "read"; place: Place }
  | { do: "list" }
  | { do: "drift"; spec: TenantSpec };

/** On stacks of project `tenant-data`. */
export type DataTask =
  | { do: "dataUp"; spec: DataSpec; message: string }
  | { do: "dataPreview"; spec: DataSpec }
  | { do: "dataDestroy"; place: Place; spec: DataSpec | null; message: string }
  | { do: "dataLast"; place: Place };

/** What a data stack was given last, and whether that went well. */
export interface LastData {
  spec: DataSpec;
  settled: boolean;
}

export interface DataUpResult extends UpResult {
  /** False: it was as it should be, and was not touched. */
  opened: boolean;
  data: TenantDataOutputs;
  /** Who may make databases and users in the tenant's own cluster; null: it has none. Secret. */
  admin: { user: string; password: string } | null;
}

export interface DataPreview extends PreviewView {
  /** There is such a stack, with outputs to read. */
  exists: boolean;
}

export interface UpResult {
  /** How many resources went through each operation: `create`, `update`, `delete`, `same`, … */
  changes: Record<string, number>;
  /** What was put right first that a worker which died had left: a lock, operations left pending. In words. */
  repaired: string[];
  durationMs: number;
}

export interface Results {
  up: UpResult;
  preview: PreviewView;
  destroy: Pick<UpResult, "repaired">;
  /** Null: there is no such stack. */
  outputs: Record<string, unknown> | null;
  /** Null: nothing was ever brought to it. */
  last: TenantSpec | "unreadable" | null;
  lastUpdate: StackUpdate | null;
  /** Null: there is no such stack. */
  read: StackContents | null;
  /** Names of all stacks. */
  list: string[];
  drift: StackDrift;
  dataUp: DataUpResult;
  dataPreview: DataPreview;
  dataDestroy: Pick<UpResult, "repaired">;
  /** Null: nothing was ever brought to it. */
  dataLast: LastData | null;
}

/** What a thread is started with. */
export interface ThreadSettings {
  /** Module that exports `createPulumiCommand()`; undefined: the Pulumi CLI. */
  commandModule: string | undefined;
  backendUrl: string;
  passphrase: string;
  kubeconfig: string;
  salt: string;
  /** The thread's own directory. */
  directory: string;
}

/** `permitted` answers `asks`: whether it may still be done, now that nobody else can do anything to the stack. */
export type ToThread =
  | { run: number; task: Task }
  | { abort: number }
  | { permitted: number; refusal?: Extract<FromThread, { failed: number }>["error"] };
export type FromThread =
  | { asks: number }
  | ({ printed: Printed | null } & (
      | { done: number; result: Results[keyof Results] }
      | { failed: number; error: { code: string; message: string; data: Readonly<Record<string, unknown>> } }
    ));
