/** Single scenarios: what random ones have found, and crashes that must be survived in a certain way. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Step } from "./arbitrary.ts";
import { Bed, type Trouble } from "./bed.ts";
import { watchLives } from "./life.ts";
import { edited, type Edit, type Program } from "./program.ts";
import { playThrough } from "./scenario.ts";

/** Three things. The first has a fixed name, so it is deleted before it is replaced; the second is bound to nothing. */
const three = edited(
  [],
  [add, add, add].map((make) => make()),
);
/** The second and the third are bound to the first. */
const bound = edited(three, [
  { kind: "bond", at: 1, arg: 0 },
  { kind: "bond", at: 2, arg: 0 },
]);

function add(): Edit {
  return { kind: "add", at: 0, arg: 0 };
}

function step(kind: Step["kind"], edits: readonly Edit[] = [], trouble: Trouble = { kind: "none" }): Step {
  return { kind, edits, drift: undefined, trouble, target: 0 };
}

const crash = (what: RegExp): Trouble => ({ kind: "crashBefore", what });

describe("an engine that was killed", () => {
  let home: string;
  let bed: Bed;
  let unwatch: () => void;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-crashes-"));
    unwatch = watchLives();
    bed = await Bed.open(join(home, "stack"));
  });
  after(async () => {
    bed.close();
    unwatch();
    await rm(home, { recursive: true, force: true });
  });

  const deeds = (what: string) => bed.world.deeds.filter((deed) => deed.what === what).length;
  const play = (program: Program, ...steps: Step[]) => playThrough(bed, { program, steps });

  it("adopts what it had begun to make", async () => {
    await play(three, step("up", [], crash(/answer to create r01/)));
    assert.equal(deeds("create"), 3);
  });

  for (const between of ["refresh", "destroy", "preview"] as const)
    it(`still knows what it had begun to make after a ${between}`, async () => {
      await play(three, step("up", [], crash(/answer to create r01/)), step(between), step("up"));
      assert.equal(deeds("create"), 3);
    });

  it("still knows what it had begun to make when the program asks for it later", async () => {
    const without: Edit = { kind: "remove", at: 1, arg: 0 };
    await play(three, step("up", [], crash(/answer to create r01/)), step("up", [without]), step("up"));
    assert.equal(bed.world.objects.size, 1);
    assert.deepEqual(
      (await bed.checkpoint()).pending.map(({ type, resource }) => `${type} ${resource.inputs?.["name"] as string}`),
      [...bed.world.objects.keys()].map((id) => `creating ${id}`),
    );
  });

  it("still knows what it had begun to make when it can't be adopted at once", async () => {
    const fails: Trouble = { kind: "fail", call: "create", nth: 1 };
    await play(three, step("up", [], crash(/answer to create r01/)), step("up", [], fails), step("up"));
    assert.equal(deeds("create"), 3);
  });

  for (const [which, at] of [
    ["made before the old one goes", 1],
    ["made when the old one is gone", 0],
  ] as const)
    it(`adopts a replacement that is ${which}`, async () => {
      const replace: Edit = { kind: "key", at, arg: 1 };
      await play(three, step("up"), step("up", [replace], crash(/answer to create/)), step("up"));
      assert.equal(deeds("create"), 4);
    });

  it("finds out what became of an update, though the program has changed its mind", async () => {
    const [change, back] = [1, 0].map((arg): Edit => ({ kind: "value", at: 1, arg }));
    await play(three, step("up"), step("up", [change!], crash(/answer to update/)), step("up", [back!]));
    assert.equal(deeds("update"), 2);
  });

  it("finds out what became of a deletion, though the program has changed its mind", async () => {
    const replace: Edit = { kind: "key", at: 0, arg: 1 };
    const back: Edit = { kind: "key", at: 0, arg: 0 };
    await play(three, step("up"), step("up", [replace], crash(/answer to delete/)), step("up", [back]));
    assert.equal(deeds("create"), 4);
  });

  it("leaves no mention of a name that is not there yet", async () => {
    const edits: Edit[] = [
      { kind: "rename", at: 1, arg: 0 },
      { kind: "value", at: 1, arg: 1 },
    ];
    const linked = edited(three, [{ kind: "link", at: 2, arg: 1 }]);
    await play(linked, step("up"), step("up", edits, crash(/answer to update r01/)), step("up"));
  });

  it("does not delete again what waits for its replacement", async () => {
    const [one, two] = [1, 2].map((arg): Edit => ({ kind: "key", at: 0, arg }));
    const fails: Trouble = { kind: "fail", call: "create", nth: 1 };
    const unready: Trouble = { kind: "unready", nth: 1 };
    await play(bound, step("up"), step("up", [one!], fails), step("up", [two!]));
    assert.equal(deeds("delete"), 6);
    await play(bound, step("up"), step("up", [one!], unready), step("up"));
    assert.equal(deeds("delete"), 6);
  });
});
