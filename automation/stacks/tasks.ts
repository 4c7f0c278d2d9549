import type { PreviewView } from "../../model/views.ts";
import type { StackContents } from "./contents.ts";
import type { StackDrift } from "./drift.ts";
import type { Printed } from "./printed.ts";
import type { TenantSpec } from "../../tenant/spec.ts";

/** What main thread and stack threads tell each other. */

export interface Place {
  environment: string;
  id: string;
}

export type Task =
  | { do: "up"; spec: TenantSpec; routeOnly: boolean; plan?: string; shown?: readonly string[]; message: string }
  | { do: "preview"; spec: TenantSpec }
  | { do: "destroy"; place: Place }
  | { do: "outputs"; place: Place }
  | { do: "last"; place: Place }
  | { do: "read"; place: Place }
  | { do: "list" }
  | { do: "drift"; spec: TenantSpec };

export interface UpResult {
  /** How many resources went through each operation: `create`, `update`, `delete`, `same`, … */
  changes: Record<string, number>;
  durationMs: number;
}

export interface Results {
  up: UpResult;
  preview: PreviewView;
  destroy: undefined;
  /** Null: there is no such stack. */
  outputs: Record<string, unknown> | null;
  /** Null: nothing was ever brought to it. */
  last: TenantSpec | "unreadable" | null;
  /** Null: there is no such stack. */
  read: StackContents | null;
  /** Names of all stacks. */
  list: string[];
  drift: StackDrift;
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

export type ToThread = { run: number; task: Task } | { abort: number };
export type FromThread = { printed: Printed | null } & (
  | { done: number; result: Results[keyof Results] }
  | { failed: number; error: { code: string; message: string; data: Readonly<Record<string, unknown>> } }
);
