/** A stack of things in memory, whose program may change from step to step. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, Stack, UpOptions } from "@pulumi/pulumi/automation/index.js";
import { errors, open } from "../stacks.ts";
import { Things } from "./things.ts";

/** What a step came to. */
export interface Told {
  /** `op name` of what was done, in order; what stayed the same is left out. */
  readonly ops: readonly string[];
  readonly changes: Readonly<Record<string, number>> | undefined;
  readonly errors: readonly string[];
  readonly failed: Error | undefined;
  readonly events: readonly EngineEvent[];
}

export interface StoredResource {
  readonly urn: string;
  readonly [key: string]: unknown;
}

export class Bench {
  readonly home: string;
  readonly things = new Things();
  program: () => unknown = () => undefined;
  stack!: Stack;

  private constructor(home: string) {
    this.home = home;
  }

  static async open(): Promise<Bench> {
    const bench = new Bench(await mkdtemp(join(tmpdir(), "teal-semantics-")));
    const { packages: own } = await import("../../../engine/providers/packages.ts");
    bench.stack = await open({
      home: bench.home,
      program: async () => (await bench.program()) as Record<string, unknown>,
      packages: { ...own, ...bench.things.packages },
    });
    return bench;
  }

  close(): Promise<void> {
    return rm(this.home, { recursive: true, force: true });
  }

  up = (options: UpOptions = {}) => this.#run((onEvent) => this.stack.up({ ...options, onEvent }));
  preview = (options: UpOptions = {}) => this.#run((onEvent) => this.stack.preview({ ...options, onEvent }));
  refresh = (options: UpOptions = {}) => this.#run((onEvent) => this.stack.refresh({ ...options, onEvent } as never));
  destroy = (options: UpOptions = {}) => this.#run((onEvent) => this.stack.destroy({ ...options, onEvent } as never));

  /** The stack's resources, by name; those that are to be deleted are named `name (delete)`. */
  async state(): Promise<Record<string, StoredResource>> {
    const { deployment } = (await this.stack.exportStack()) as { deployment: { resources?: StoredResource[] } };
    return Object.fromEntries(
      (deployment.resources ?? []).map((each) => [`${nameOf(each.urn)}${each["delete"] ? " (delete)" : ""}`, each]),
    );
  }

  /** The names of all resources in state but the stack itself and default providers, in order. */
  async names(): Promise<string[]> {
    return Object.keys(await this.state()).filter((name) => name !== "app-dev" && !name.startsWith("default"));
  }

  /** Calls of the provider since the last time. */
  calls(): string[] {
    return this.things.calls.splice(0);
  }

  async #run(work: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<Told> {
    const events: EngineEvent[] = [];
    let failed: Error | undefined;
    try {
      await work((event) => void events.push(event));
    } catch (error) {
      failed = error as Error;
    }
    const steps = events.flatMap(({ resourcePreEvent: event }) => (event ? [event.metadata] : []));
    return {
      ops: steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${nameOf(urn)}`),
      changes: events.findLast((event) => event.summaryEvent)?.summaryEvent?.resourceChanges,
      errors: errors(events).map(({ message }) => message.trim()),
      failed,
      events,
    };
  }
}

export const nameOf = (urn: string) => urn.split("::").slice(3).join("::");
export const urnOf = (name: string, type = "mem:index:Thing") => `urn:pulumi:dev::app::${type}::${name}`;
