import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PreviewView } from "../../model/views.ts";
import { dataProject } from "../../tenant/data/config.ts";
import type { DataSpec } from "../../tenant/data/spec.ts";
import { stackNameOf } from "../../tenant/plan/names.ts";
import type { TenantSpec } from "../../tenant/spec.ts";
import type { StackDrift } from "./drift.ts";
import type { StackContents } from "./contents.ts";
import { newSalt } from "./passphrase.ts";
import { Pool, type Observe, type RunOptions } from "./pool.ts";
import { Readers } from "./readers.ts";
import type { DataPreview, DataUpResult, LastData, Place, Results, StackUpdate, UpResult } from "./tasks.ts";

export interface StacksOptions {
  /** Module that exports `createPulumiCommand()`. Absent: the Pulumi CLI. */
  commandModule?: URL | string;
  /** Where Pulumi keeps state: `file:///…`, `s3://…`. */
  backendUrl: string;
  passphrase: string;
  /** Path of the kubeconfig that the program's provider uses. */
  kubeconfig: string;
  /** How many stack operations run at once. */
  threads: number;
  /** The salt that all stacks share, so that a key is derived once per thread, not once per stack. */
  salt: {
    get(): Promise<string | null>;
    /** Keeps the first that was ever set, and returns it. */
    set(salt: string): Promise<string>;
  };
  /** Where stack settings are written while they are needed; the system's temporary directory unless given. */
  scratch?: string;
  log: { warn(data: object, message: string): void };
  /** Told of each stack operation that has run, and how long it took. */
  observe?: Observe;
  /** Until an operation is taken to hang; 15 minutes unless given. */
  timeoutMs?: number;
}

/**
 * Stack operations, each run in a worker thread, one at a time per stack. They throw TealErrors with data
 * `{cause, retriable, evidence}`: see classify.ts for the codes, besides `plan_holds_more` (data: `steps`),
 * `stack_thread_died`, `spec_invalid`, `pulumi_cli_missing` and `passphrase_mismatch`.
 */
export interface Stacks {
  /**
   * Brings the tenant's stack to `spec`, making it where it is missing. Throws `plan_holds_more`, `drift_changed`.
   */
  up(spec: TenantSpec, options?: UpOptions): Promise<UpResult>;
  /** What `up` would do. Changes nothing and leaves nothing, for a tenant that isn't there yet too. */
  preview(spec: TenantSpec, options?: RunOptions): Promise<PreviewView>;
  /** Removes the tenant's resources and its stack. Nothing to do where they are gone. `permit` is asked first. */
  destroy(place: Place, options?: RunOptions): Promise<Results["destroy"]>;
  /** Outputs of the last update; null where there is no such stack. */
  outputs(environment: string, id: string): Promise<Record<string, unknown> | null>;
  /** What the last update was given, by whomever; null where there was none, `unreadable` where it is no tenant's. */
  last(place: Place): Promise<TenantSpec | "unreadable" | null>;
  /** Tells the stack's present state from any other; null where there is no such stack, or it was never updated. */
  lastUpdate(place: Place): Promise<StackUpdate | null>;
  /** What the stack holds; null where there is none. Keeps no thread that operations need, and waits for no update. */
  read(place: Place): Promise<StackContents | null>;
  /** Names (`<environment>.<tenant>`) of all stacks. */
  list(): Promise<string[]>;
  /** How the cluster differs from `spec`. Changes nothing. Throws `stack_gone`. */
  drift(spec: TenantSpec): Promise<StackDrift>;
  /** Stacks of project `tenant-data`, which hold tenants' data. The embedded engine has no part in them (`engine_unsupported`). */
  data: DataStacks;
  /** Stops what runs and ends the threads. */
  close(): Promise<void>;
}

/** Throws as Stacks does; besides `data_stack_unreadable`. */
export interface DataStacks {
  /** Brings it to `spec`; where it is so already, only reads its outputs. */
  up(spec: DataSpec, options: RunOptions & { message: string }): Promise<DataUpResult>;
  /** What `up` would do. */
  preview(spec: DataSpec, options?: RunOptions): Promise<DataPreview>;
  /** What the last update was given, by whomever; null where there was none. */
  last(place: Place): Promise<LastData | null>;
  /**
   * Removes it and all that it holds, once it has been brought to `spec`, which says that it is leaving; null: nothing was ever brought to it.
   * Nothing to do where it is gone. After a crash it goes on with destroying, and makes nothing anew.
   */
  destroy(
    place: Place,
    spec: DataSpec | null,
    options: RunOptions & { message: string },
  ): Promise<Results["dataDestroy"]>;
}

export interface UpOptions extends RunOptions {
  /** A preview first, and nothing is done where it holds more than a change of the route. */
  routeOnly?: boolean;
  /** With `routeOnly`: what was approved (see planDigest); nothing is done where something else would be. */
  plan?: string;
  /** Reads every object anew and mends what has drifted, if that is nothing but these items (by id). */
  shown?: readonly string[];
  message?: string;
}

/** Another stack than the tenant's own, so that neither waits for the other. */
function dataStackOf(place: Place): string {
  return `${dataProject}/${stackNameOf(place)}`;
}

/** Restoring or deleting a cluster can take RDS most of an hour, and what is broken off in the middle may be there twice. */
const dataTimeoutMs = 90 * 60_000;

/** A person waits for it. */
const readTimeoutMs = 30_000;

export async function createStacks(options: StacksOptions): Promise<Stacks> {
  const { backendUrl, passphrase, kubeconfig, threads, log, timeoutMs = 15 * 60_000 } = options;
  // Told at once, not by the first operation: a missing CLI is found, or installed, before anything relies on it.
  if (!options.commandModule) await (await import("./command.ts")).pulumiCommand();
  const salt = (await options.salt.get()) ?? (await options.salt.set(await newSalt(passphrase)));
  const parent = options.scratch ?? tmpdir();
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const directory = await mkdtemp(join(parent, "teal-stacks-"));
  const commandModule = options.commandModule?.toString();
  let pools = 0;
  const makePool = (size: number, timeout: number) => {
    const number = ++pools;
    return new Pool({
      threads: size,
      timeoutMs: timeout,
      graceMs: 10_000,
      log,
      observe: options.observe,
      entry: new URL("./thread.ts", import.meta.url),
      settings: (thread) => ({
        commandModule,
        backendUrl,
        passphrase,
        kubeconfig,
        salt,
        directory: join(directory, `${number}-${thread}`),
      }),
    });
  };
  const pool = makePool(threads, timeoutMs);
  const readers = new Readers(() => makePool(1, readTimeoutMs));
  return {
    up: (spec, { routeOnly = false, message = "Teal", plan, shown, ...run } = {}) => {
      const more = { ...(plan && { plan }), ...(shown && { shown }) };
      return pool.run(stackNameOf(spec), { do: "up", spec, routeOnly, message, ...more }, run);
    },
    preview: (spec, run) => pool.run(stackNameOf(spec), { do: "preview", spec }, run),
    destroy: (place, run) => pool.run(stackNameOf(place), { do: "destroy", place }, run),
    outputs: (environment, id) =>
      pool.run(stackNameOf({ environment, id }), { do: "outputs", place: { environment, id } }),
    last: (place) => pool.run(stackNameOf(place), { do: "last", place }),
    lastUpdate: (place) => pool.run(stackNameOf(place), { do: "lastUpdate", place }),
    read: (place) => readers.run(stackNameOf(place), { do: "read", place }),
    // No stack has this name: listing waits for none.
    list: () => pool.run("", { do: "list" }),
    drift: (spec) => pool.run(stackNameOf(spec), { do: "drift", spec }),
    data: {
      up: (spec, { message, ...run }) =>
        pool.run(dataStackOf(spec), { do: "dataUp", spec, message }, { timeoutMs: dataTimeoutMs, ...run }),
      preview: (spec, run) => pool.run(dataStackOf(spec), { do: "dataPreview", spec }, run),
      last: (place) => pool.run(dataStackOf(place), { do: "dataLast", place }),
      destroy: (place, spec, { message, ...run }) =>
        pool.run(dataStackOf(place), { do: "dataDestroy", place, spec, message }, { timeoutMs: dataTimeoutMs, ...run }),
    },
    close: async () => {
      await Promise.all([pool.close(), readers.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
