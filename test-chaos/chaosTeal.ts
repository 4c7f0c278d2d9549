import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TestTeal, until } from "../test/e2e/teal.ts";
import { type Kill, type Plan } from "./killer/plan.ts";

const killer = pathToFileURL(join(import.meta.dirname, "killer", "main.ts")).href;

/** A Teal that dies where it is told to. What it stands on, its cluster and its gateway, lives on. */
export class ChaosTeal extends TestTeal {
  readonly #plan = join(this.data, "chaos-plan.json");

  /** Resolves once it is ready, or has died as it was told to. */
  override async start(): Promise<this> {
    try {
      return await super.start({ NODE_OPTIONS: `--import=${killer}`, CHAOS_PLAN: this.#plan });
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
      const until = Date.now() + 2000;
      while (!this.ended && Date.now() < until) await new Promise((done) => setTimeout(done, 20));
      if (this.ended?.by === "SIGKILL") return undefined;
      throw error;
    }
  }
}
