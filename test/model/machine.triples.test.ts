import assert from "node:assert/strict";
import { stateOf, step } from "../../model/machine/step.ts";
import { machineEvents, table, type MachineEvent } from "../../model/machine/table.ts";
import {
  endStates,
  operationKinds,
  phases,
  type Operation,
  type OperationKind,
  type Phase,
} from "../../model/operation.ts";
import { lives, type Life } from "./lives.ts";
import { accepted } from "./operations.ts";

const now = new Date(1000);
const ends: readonly string[] = endStates;
const interruptions: readonly string[] = ["paused", "halted"];

/** By place (`shifting`, `paused shifting`) and event: the phase after it. */
type Statement = Map<string, Map<MachineEvent, Phase>>;

/** Throws where a statement names what is no phase or event, or says two things. */
function read({ name, says }: Life): Statement {
  const statement: Statement = new Map();
  for (const line of says.split("\n").filter((text) => text.trim() !== "")) {
    const [place, rules] = line.split(":") as [string, string];
    const known = place
      .trim()
      .split(" ")
      .every((word) => (phases as readonly string[]).includes(word));
    assert.ok(known && !statement.has(place.trim()), `${name}: ${line}`);
    const answers = new Map<MachineEvent, Phase>();
    for (const rule of rules.split(",")) {
      const [events, to] = rule.split(">") as [string, Phase];
      assert.ok(phases.includes(to.trim() as Phase), `${name}: ${rule}`);
      for (const event of events.trim().split(" ") as MachineEvent[]) {
        assert.ok(machineEvents.includes(event) && !answers.has(event), `${name}: ${rule}`);
        answers.set(event, to.trim() as Phase);
      }
    }
    statement.set(place.trim(), answers);
  }
  return statement;
}

function at({ move, step: index = 0 }: Life, kind: OperationKind, place: string): Operation {
  const [phase, resume = null] = place.split(" ") as [Phase, Phase?];
  const operation = { ...accepted(kind, move ?? {}), ...(move === null && { move }) };
  return { ...operation, phase, state: stateOf(phase), memory: { ...operation.memory, step: index, resume } };
}

/** Where an operation gets from a place by an event. */
function placeAfter(place: string, to: Phase): string {
  if (!interruptions.includes(to)) return to;
  return `${to} ${place.split(" ").at(-1)}`;
}

describe("every kind, phase and event of the machine", () => {
  for (const life of lives) {
    for (const kind of life.kinds) {
      it(`is as stated: ${kind}, ${life.name}`, () => {
        const statement = read(life);
        for (const [place, answers] of statement) {
          for (const event of machineEvents) {
            const expected = answers.get(event) ?? null;
            const got = step(at(life, kind, place), event, now)?.phase ?? null;
            assert.equal(got, expected, `${place}: ${event}`);
          }
        }
      });

      it(`has no place that nothing is stated of: ${kind}, ${life.name}`, () => {
        const statement = read(life);
        const reached = new Set(["queued"]);
        for (const place of reached) {
          for (const to of statement.get(place)?.values() ?? []) reached.add(placeAfter(place, to));
        }
        const open = [...reached].filter((place) => !ends.includes(place));
        assert.deepEqual(
          open.filter((place) => !statement.has(place)),
          [],
        );
        // A step back over a step's index, or a gate that comes later, is another life's.
        const idle = [...statement.keys()].filter((place) => !reached.has(place));
        assert.ok(
          idle.every((place) => /awaiting-approval|promoting|holding|settling/.test(place)),
          idle.join(),
        );
      });
    }
  }

  it("has a statement of every phase that the table lets it come to", () => {
    for (const kind of operationKinds) {
      const rows = table.filter((row) => row.kinds.includes(kind));
      const reached = new Set<Phase>(["queued"]);
      for (const phase of reached) {
        for (const { from, to } of rows) if (from.includes(phase) && to !== "resume") reached.add(to);
      }
      const own = lives.filter(({ kinds }) => kinds.includes(kind));
      const stated = new Set(own.flatMap((life) => [...read(life).keys()].map((place) => place.split(" ")[0])));
      const missing = [...reached].filter((phase) => !ends.includes(phase) && !stated.has(phase));
      assert.deepEqual(missing, [], kind);
    }
  });

  it("means nothing at an end", () => {
    for (const kind of operationKinds) {
      for (const end of endStates) {
        for (const event of machineEvents) {
          assert.equal(
            step(at({ name: "", kinds: [], says: "" }, kind, end), event, now),
            null,
            `${kind} ${end} ${event}`,
          );
        }
      }
    }
  });
});
