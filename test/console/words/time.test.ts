import assert from "node:assert/strict";
import fc from "fast-check";
import { said } from "../../../console/src/words/said.ts";
import { dayHeading, distance, duration } from "../../../console/src/words/time.ts";

describe("texts of times", () => {
  for (const [seconds, text] of [
    [0, "0 s"],
    [-3, "0 s"],
    [59.4, "59 s"],
    [60, "1 min"],
    [200, "3 min 20 s"],
    [599.7, "10 min"],
    [3540, "59 min"],
    [3600, "1 h"],
    [7500, "2 h 5 min"],
    [86_400, "1 d"],
    [86_400 * 3 + 3600 * 4, "3 d 4 h"],
  ] as const)
    it(`say ${seconds} s as ${text}`, () => assert.equal(duration(seconds), text));

  it("never have a unit that is full", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * 86_400 }), (seconds) => {
        for (const [, number, unit] of duration(seconds).matchAll(/(\d+) (s|min|h)/g))
          assert.ok(Number(number) < (unit === "h" ? 24 : 60), `${seconds}: ${duration(seconds)}`);
      }),
    );
  });

  const now = new Date(2026, 2, 3, 12, 0, 0);
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  for (const [seconds, text] of [
    [0, "now"],
    [-3, "now"],
    [-40, "40 s ago"],
    [-180, "3 min ago"],
    [7200, "in 2 h"],
    [-5 * 86_400, "5 d ago"],
  ] as const)
    it(`say ${seconds} s from now as ${text}`, () => assert.equal(distance(at(seconds), now), text));

  it("name the days around today", () => {
    assert.deepEqual(
      [-1, 0, 1, 3].map((days) => dayHeading(new Date(2026, 2, 3 + days, 1), now)),
      ["Yesterday", "Today", "Tomorrow", "Fri 6 Mar"],
    );
  });

  it("put times within messages by the reader's clock, and leave the rest", () => {
    const tomorrow = new Date(2026, 2, 4, 9, 14, 34).toISOString();
    assert.equal(said(`Goes back at ${tomorrow}; 2.0.0`, now), "Goes back at tomorrow 09:14; 2.0.0");
    assert.equal(said("nothing here", now), "nothing here");
  });
});
