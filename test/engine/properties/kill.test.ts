/** Crash safety is proven by killing the process, at moments that nobody chose. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bed } from "./bed.ts";
import { broken, unlike } from "./invariants.ts";
import { watchLives } from "./life.ts";
import { edited, editKinds, type Edit, type Program } from "./program.ts";
import type { PlainMap } from "./world.ts";

const kills = Number(process.env["PROPERTY_KILLS"] ?? 6);
const seed = Number(process.env["PROPERTY_SEED"] ?? Date.now() % 1e9);

interface Question {
  readonly number: number;
  readonly method: "create" | "update" | "delete" | "read";
  readonly parameters: readonly [string, string, PlainMap, boolean];
}

describe("an engine's process, killed at random", () => {
  let home: string;
  let bed: Bed;
  let unwatch: () => void;
  before(async () => {
    unwatch = watchLives();
    home = await mkdtemp(join(tmpdir(), "teal-kill-"));
    bed = await Bed.open(join(home, "stack"));
    await bed.reset();
  });
  after(async () => {
    bed.close();
    unwatch();
    await rm(home, { recursive: true, force: true });
  });

  it("leaves a stack that the next update brings in order by itself", async function () {
    this.timeout(kills * 10_000);
    const random = randoms(seed);
    let program: Program = edited(
      [],
      Array.from({ length: 8 }, (): Edit => ({ kind: "add", at: 0, arg: 0 })),
    );
    let killed = 0;
    for (let round = 0; killed < kills && round < kills * 2; round++) {
      program = edited(program, randomEdits(random)).map((spec) => ({ ...spec, protect: false, retain: false }));
      if (await runAndKill(program, random() * 25)) killed++;
      assert.deepEqual(broken(await bed.checkpoint(), bed.world, new Set()), [], `seed ${seed}, round ${round}`);
      if (round % 2 === 1) await heal(program, round);
    }
    assert.ok(killed > 0, "no process was killed in time");
  });

  async function heal(program: Program, round: number): Promise<void> {
    bed.host.program = program;
    const end = await bed.run(["up", "--yes", "--skip-preview", `--client=${bed.host.address}`]);
    assert.equal(end.how, "succeeded", `seed ${seed}, round ${round}: ${JSON.stringify(end)}`);
    assert.deepEqual(unlike(program, await bed.checkpoint(), bed.world), [], `seed ${seed}, round ${round}`);
  }

  /** Kills an update some milliseconds after it first touched the world; gives whether that was before its end. */
  async function runAndKill(program: Program, milliseconds: number): Promise<boolean> {
    const args = [bed.home, JSON.stringify(program), "up", "--yes", "--skip-preview"];
    const child = fork(join(import.meta.dirname, "killChild.ts"), args, {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
    let timer: NodeJS.Timeout | undefined;
    child.on("message", (question: Question) => {
      timer ??= setTimeout(() => child.kill("SIGKILL"), milliseconds);
      const answer = answerTo(question);
      // The process may be gone by now, and with it whoever asked.
      if (child.connected) child.send(answer, () => undefined);
    });
    const [, signal] = await exited;
    clearTimeout(timer);
    for (const { what, id } of bed.world.deeds) if (what === "delete") bed.world.ghosts.add(id);
    return signal === "SIGKILL";
  }

  function answerTo({ number, method, parameters }: Question) {
    const [urn, id, inputs, adopt] = parameters;
    const { world } = bed;
    try {
      if (method === "create") return { number, value: world.create(urn, id, inputs, adopt) };
      if (method === "update") return { number, value: world.update(urn, id, inputs) };
      if (method === "delete") return { number, value: world.delete(urn, id) };
      return { number, value: world.objects.get(urn) };
    } catch (error) {
      return { number, error: (error as Error).message };
    }
  }
});

function randomEdits(random: () => number): Edit[] {
  const pick = (count: number) => Math.floor(random() * count);
  return Array.from({ length: 6 }, () => ({ kind: editKinds[pick(editKinds.length)]!, at: pick(12), arg: pick(12) }));
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randoms(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
