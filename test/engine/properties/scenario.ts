/** Takes a stack through a scenario, and looks after every step whether all is as it must be. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import type { Scenario, Step, StepKind } from "./arbitrary.ts";
import type { Bed, End, Trouble } from "./bed.ts";
import type { Checkpoint, StoredResource } from "./checkpoint.ts";
import { broken, forbidsDeletion, leftBehind, unlike } from "./invariants.ts";
import { edited, type Program } from "./program.ts";

const commands: Readonly<Record<StepKind, readonly string[]>> = {
  up: ["up", "--yes", "--skip-preview"],
  refreshAndUp: ["up", "--yes", "--skip-preview", "--refresh"],
  continueOnError: ["up", "--yes", "--skip-preview", "--continue-on-error"],
  preview: ["preview"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
  upTarget: ["up", "--yes", "--skip-preview"],
  destroyTarget: ["destroy", "--yes", "--skip-preview", "--target-dependents"],
};

const bringsAllInOrder = (kind: StepKind) => kind === "up" || kind === "refreshAndUp" || kind === "continueOnError";
const runsProgram = (kind: StepKind) => kind !== "refresh" && !isDestroy(kind);
const isDestroy = (kind: StepKind) => kind === "destroy" || kind === "destroyTarget";
const isLimited = (kind: StepKind) => kind === "upTarget" || kind === "destroyTarget";

export async function playThrough(bed: Bed, { program, steps }: Scenario): Promise<void> {
  const play = new Play(bed, program);
  await bed.reset();
  for (const step of steps) await play.step(step);
  await play.heal();
  await play.takeDown();
}

class Play {
  readonly #bed: Bed;
  readonly #abandoned = new Set<string>();
  #program: Program;
  /** Whether somebody else changed the world, and no refresh has told the engine yet. */
  #drifted = false;

  constructor(bed: Bed, program: Program) {
    this.#bed = bed;
    this.#program = program;
  }

  async step({ kind, edits, drift, trouble, target }: Step): Promise<void> {
    this.#program = edited(this.#program, edits);
    const ids = [...this.#bed.world.objects.keys()];
    if (drift && ids.length > 0) {
      this.#bed.world.tamper(ids[drift.at % ids.length]!, drift.gone ? "delete" : { value: 99 });
      this.#drifted = true;
    }
    await this.#run(kind, trouble, { target });
  }

  /** Without trouble, the next update brings all in order. */
  async heal(): Promise<void> {
    await this.#unprotect();
    await this.#run(this.#drifted ? "refreshAndUp" : "up", { kind: "none" }, { mustSucceed: true });
  }

  async takeDown(): Promise<void> {
    await this.#unprotect();
    await this.#run("destroy", { kind: "none" }, { mustSucceed: true });
  }

  async #run(kind: StepKind, trouble: Trouble, how: { target?: number; mustSucceed?: boolean }): Promise<void> {
    const bed = this.#bed;
    bed.world.mayDelete = (object) =>
      forbidsDeletion(bed.checkpointPath, bed.world, bed.host.program, object, isLimited(kind));
    bed.host.program = this.#program;
    const before = await bed.checkpoint();
    const historyBefore = await bed.newestHistory();
    const deeds = bed.world.deeds.length;
    const client = runsProgram(kind) ? [`--client=${bed.host.address}`] : [];
    const target = before.resources[(how.target ?? 0) % Math.max(1, before.resources.length)];
    if (isLimited(kind) && !target) return;
    const limit = isLimited(kind) ? ["--target", target!.urn] : [];
    const end = await bed.run([...commands[kind], ...client, ...limit], trouble);
    if (end.how === "crashed") assert.equal((await bed.run(["cancel", "--yes"])).how, "succeeded");
    const after = await bed.checkpoint();
    for (const id of leftBehind(before, after, bed.world)) this.#abandoned.add(id);
    const wrong = broken(after, bed.world, this.#abandoned);
    assert.deepEqual(wrong, [], `after ${kind}, which ${told(end)}`);
    if (kind === "preview") {
      assert.equal(after.text, before.text, "a preview changed the state");
      assert.deepEqual(bed.world.deeds.slice(deeds), [], "a preview changed the world");
    } else if (end.how !== "crashed") {
      const history = await bed.newestHistory();
      assert.notEqual(history?.name, historyBefore?.name, `no entry in the history: ${kind} ${told(end)}`);
      assert.equal(history!.checkpoint, after.text, "the history has another checkpoint");
      assert.equal(history!.entry.result, end.how);
    }
    if (end.how === "failed") assert.ok(!how.mustSucceed && this.#mayFail(kind, end, before), `${kind} ${told(end)}`);
    if (end.how === "succeeded") await this.#succeeded(kind, after);
  }

  async #succeeded(kind: StepKind, after: Checkpoint): Promise<void> {
    if (kind === "refresh" || kind === "refreshAndUp") this.#drifted = false;
    if (kind === "destroy") {
      const left = after.resources.map(({ urn }) => urn);
      assert.deepEqual(left, [], "a destroyed stack has resources");
    }
    if (!bringsAllInOrder(kind) || this.#drifted) return;
    assert.deepEqual(unlike(this.#program, after, this.#bed.world), [], `after a successful ${kind}`);
    const deeds = this.#bed.world.deeds.length;
    for (const command of ["preview", "up"] as const) {
      const again = await this.#bed.run([
        ...commands[command],
        "--expect-no-changes",
        `--client=${this.#bed.host.address}`,
      ]);
      assert.equal(again.how, "succeeded", `a second ${command} ${told(again)}`);
    }
    assert.deepEqual(this.#bed.world.deeds.slice(deeds), [], "a second up did something");
    assert.deepEqual(sorted(await this.#bed.checkpoint()), sorted(after), "a second up changed the state");
  }

  #mayFail(kind: StepKind, end: End & { how: "failed" }, before: Checkpoint): boolean {
    if (isLimited(kind) && /target/.test(end.message.replace(/pulumi (up|destroy).*/, ""))) return true;
    if (end.injected) return true;
    if (/protect/.test(end.message)) return before.resources.some((state) => state.protect);
    return this.#drifted && /not found/.test(end.message);
  }

  /** What `pulumi state unprotect --all` does. */
  async #unprotect(): Promise<void> {
    this.#program = this.#program.map((spec) => ({ ...spec, protect: false }));
    const path = this.#bed.checkpointPath;
    const unprotected = (key: string, value: unknown) => (key === "protect" ? undefined : value);
    await writeFile(path, JSON.stringify(JSON.parse(await readFile(path, "utf8"), unprotected)));
  }
}

/** The order is that in which a program's registrations came. */
function sorted({ resources }: Checkpoint): readonly StoredResource[] {
  return resources.toSorted((a, b) => a.urn.localeCompare(b.urn));
}

function told(end: End): string {
  if (end.how === "failed") return `failed: ${end.message}`;
  return end.how === "crashed" ? `crashed before ${end.before}` : "succeeded";
}
