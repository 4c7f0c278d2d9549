import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TestTeal, until } from "../test/e2e/teal.ts";
import { type Kill, type Plan } from "./killer/plan.ts";

const killer = pathToFileURL(join(import.meta.dirname, "killer", "main.ts")).href;

/** A Teal that dies where it is told to. What it stands on, its cluster and its gateway, lives on. */
export class ChaosTeal extends TestTeal {
  readonly #plan = join(this.data, "chaos-plan.json");

  /** Resolves once it is ready, or has died as it was told to. `more`: environment of this start alone. */
  override async start(more: NodeJS.ProcessEnv = {}): Promise<this> {
    const chaos = { NODE_OPTIONS: `--import=${killer}`, CHAOS_PLAN: this.#plan, TEAL_STACK_THREADS: "1" };
    try {
      return await super.start({ ...chaos, ...more });
    } catch (error) {
      if (this.ended?.by === "SIGKILL") return this;
      throw error;
    }
  }

  /** Without its worker. */
  startServer(): Promise<this> {
    return super.start({ TEAL_ROLE: "server" });
  }

  plan(plan: Plan): void {
    if (Object.keys(plan).length === 0) rmSync(this.#plan, { force: true });
    else writeFileSync(this.#plan, JSON.stringify(plan));
  }

  /** All that it has logged. */
  get log(): string {
    return readFileSync(join(this.data, "run", "teal.log"), "utf8");
  }

  /** Whether it is stopped, as by SIGSTOP. */
  get isFrozen(): boolean {
    return readFileSync(`/proc/${this.pid}/stat`, "utf8").split(") ").at(-1)!.startsWith("T");
  }

  /** Waits for the process to die of the kill that it was told; fails when it goes on instead, or ends otherwise. */
  async dies(kill: Kill, now: () => Promise<string>): Promise<void> {
    const what = `${kill.moment} ${kill.at}${kill.step === undefined ? "" : ` of step ${kill.step}`}`;
    let seen = "";
    await until(
      () => `its death ${what}; ${seen}`,
      async () => {
        if (this.ended) return true;
        // What it is doing instead, for whoever has to find out why; it may die while it is asked.
        seen = await now().catch(() => seen);
        return false;
      },
    );
    assert.equal(this.ended?.by, "SIGKILL", `It was to be killed ${what}, but it ended:\n${this.printed}`);
  }

  /** Gives undefined where it died before it could answer. */
  async unlessItDies<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      // A process that has been killed may take its time to be gone on a busy machine.
      const until = Date.now() + 15_000;
      while (!this.ended && Date.now() < until) await new Promise((done) => setTimeout(done, 20));
      if (this.ended?.by === "SIGKILL") return undefined;
      const told = `It was asked, and did not answer; ended: ${JSON.stringify(this.ended)}. It printed:\n${this.printed}`;
      throw new Error(told, { cause: error });
    }
  }
}
