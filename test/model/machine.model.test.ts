import assert from "node:assert/strict";
import fc from "fast-check";
import { colors, otherColor } from "../../model/color.ts";
import type { Move } from "../../model/layout.ts";
import { restored, settled } from "../../model/layout.ts";
import type { MachineEvent } from "../../model/machine/table.ts";
import { interventions, operationKinds, type Operation, type OperationKind } from "../../model/operation.ts";
import { accepted, anySteps, before, recreating } from "./operations.ts";
import { World } from "./world.ts";

const worker = fc.constantFrom(0, 1);
/** Mostly it goes well, or nothing would ever come far. */
const wish = fc.oneof(
  { weight: 8, arbitrary: fc.constant<MachineEvent>("applied") },
  { weight: 1, arbitrary: fc.constantFrom<MachineEvent>("failed", "surprised", "replanned", "expired") },
);

type Happening = (world: World) => void;
const goesOn: fc.Arbitrary<Happening> = fc.tuple(worker, wish).map(([who, what]) => (world) => {
  world.take(who);
  world.act(who, what);
  world.commit(who);
});
const half: fc.Arbitrary<Happening> = fc.oneof(
  worker.map(
    (who): Happening =>
      (world) =>
        world.take(who),
  ),
  fc.tuple(worker, wish).map(
    ([who, what]): Happening =>
      (world) =>
        world.act(who, what),
  ),
  worker.map(
    (who): Happening =>
      (world) =>
        world.commit(who),
  ),
  worker.map(
    (who): Happening =>
      (world) =>
        world.crash(who),
  ),
  fc.constant<Happening>((world) => world.expire()),
);
const pods: fc.Arbitrary<Happening> = fc.constantFrom(...colors).map((color) => (world) => world.podsReady(color));
const person: fc.Arbitrary<Happening> = fc.constantFrom(...interventions).map((name) => (world) => {
  // Twice, as a person does whose page hangs.
  world.ask(name);
  world.ask(name);
});
const anyHappenings = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: goesOn },
    { weight: 4, arbitrary: pods },
    { weight: 4, arbitrary: half },
    { weight: 1, arbitrary: person },
  ),
  { minLength: 20, maxLength: 120 },
);

const data = { backup: true, migrates: true, schema: "2", volume: 1 } as const;
const anyMove: fc.Arbitrary<Partial<Move>> = fc.oneof(
  anySteps.map((steps) => ({ steps })),
  fc.constantFrom<Partial<Move>>(
    { gates: ["before-traffic", "before-full"] },
    { settling: "keep" },
    { settling: "remove" },
    data,
    recreating,
    { ...recreating, settling: "keep" },
  ),
);
const anyMover = fc.constantFrom<OperationKind>("rollout", "configure", "rollback", "restart");
const anyKind = fc.constantFrom(...operationKinds);

/** Plays what happens, and looks at everything after each. */
function play(
  operation: Operation,
  happenings: readonly Happening[],
  look: (world: World, earlier: Operation) => void,
): World {
  const world = new World(operation);
  for (const happens of happenings) {
    const earlier = world.operation;
    happens(world);
    look(world, earlier);
  }
  return world;
}

/** Lets everything go well from there on, until it ends or a person has to act. */
function finish(world: World): void {
  for (let i = 0; i < 200 && !world.operation.endedAt; i++) {
    world.expire();
    world.crash(0);
    world.crash(1);
    for (const color of colors) world.podsReady(color);
    world.take(0);
    world.act(0, "applied");
    world.commit(0);
  }
}

describe("the machine among crashes, duplicates and workers that take over from each other", () => {
  it("leads requests to ready slots alone, by weights that sum to 100", () => {
    fc.assert(
      fc.property(anyKind, anyMove, anyHappenings, (kind, move, happenings) => {
        // A new tenant has a route from the first, and nobody to be served before.
        fc.pre(kind !== "provision");
        const isMover = ["rollout", "configure", "rollback", "restart"].includes(kind);
        play(accepted(kind, isMover ? move : {}), happenings, (world) => {
          const { stack, served, ready } = world;
          if (stack) assert.equal(stack.weights.blue + stack.weights.green, 100);
          for (const color of served) assert.ok(ready.has(color), `${color} in ${world.operation.phase}`);
        });
      }),
    );
  });

  it("leaves the old slot as it was until settling, where it isn't shut for the change", () => {
    fc.assert(
      fc.property(anyMover, anyMove, anyHappenings, (kind, move, happenings) => {
        fc.pre(move.way === undefined);
        let settles = false;
        play(accepted(kind, move), happenings, ({ operation, stack }) => {
          settles ||= operation.phase === "settling";
          if (!settles) assert.deepEqual(stack!.slots[before.live], before.slots[before.live], operation.phase);
        });
      }),
    );
  });

  it("never changes what has ended", () => {
    fc.assert(
      fc.property(anyKind, anyHappenings, (kind, happenings) => {
        play(accepted(kind), happenings, ({ operation }, earlier) => {
          if (earlier.endedAt) assert.deepEqual(operation, earlier);
        });
      }),
    );
  });

  it("ends with the stack as the end says, whoever did which part of it", () => {
    fc.assert(
      fc.property(anyMover, anyMove, anyHappenings, (kind, move, happenings) => {
        const world = play(accepted(kind, move), happenings, () => undefined);
        finish(world);
        const { operation, stack } = world;
        const { move: moved, memory } = operation;
        if (operation.state === "succeeded") assert.deepEqual(stack, settled(moved!));
        if (operation.state === "rolled-back") assert.deepEqual(stack, restored(moved!, memory.migrated));
        if (operation.state === "cancelled") assert.deepEqual(stack, before);
      }),
    );
  });

  it("never serves, nor runs, the old release again on data that it can't read", () => {
    fc.assert(
      fc.property(fc.constantFrom<OperationKind>("rollout", "restore"), anyHappenings, (kind, happenings) => {
        play(accepted(kind, kind === "rollout" ? recreating : {}), happenings, (world) => {
          if (!world.changed) return;
          const { target, content } = world.operation.move!;
          const { release } = content!;
          for (const color of world.served) assert.deepEqual(world.stack!.slots[color]!.release, release);
          const old = otherColor(target);
          if (world.stack!.slots[old]?.release !== release) assert.ok(!world.runs(old), `${old} runs`);
          assert.ok(!["rolling-back", "restoring", "warming"].includes(world.operation.phase));
        });
      }),
    );
  });

  it("comes to every phase in these worlds, so that they say something", () => {
    const seen = new Set<string>();
    for (const kind of operationKinds) {
      for (const move of [{}, data, recreating] as Partial<Move>[]) {
        const isMover = ["rollout", "configure", "rollback", "restart"].includes(kind);
        if (!isMover && move !== data && Object.keys(move).length > 0) continue;
        const operation = accepted(kind, isMover || (kind === "provision" && move === data) ? move : {});
        for (const happenings of fc.sample(anyHappenings, 60))
          play(operation, happenings, (world) => void seen.add(world.operation.phase));
      }
    }
    const wanted = [
      "baking",
      "promoting",
      "settling",
      "paused",
      "rolling-back",
      "restoring",
      "migrating",
      "opening",
      "warming",
    ];
    for (const phase of [...wanted, "removing", "closing", "stopping", "restoring-data", "backing-up", "halted"])
      assert.ok(seen.has(phase), phase);
  });
});
