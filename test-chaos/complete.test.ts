import assert from "node:assert/strict";
import type { Action } from "../model/machine/next.ts";
import { operationKinds } from "../model/operation.ts";
import { isKill } from "./scenario.ts";
import { back } from "./scenarios/back.ts";
import { data } from "./scenarios/data.ts";
import { lives } from "./scenarios/lives.ts";
import { beside, within } from "./scenarios/rollout.ts";
import { allSpots, momentsOf } from "./spots.ts";

describe("the scenarios", () => {
  const scenarios = [...beside, ...within, ...back, ...lives, ...data];
  const kills = scenarios.flatMap(({ events }) => events.filter(isKill)).map(({ at, moment }) => `${moment} ${at}`);

  it("kill before, in and after every action in every phase that the machine can do it in", () => {
    const wanted = [...allSpots()].flatMap((spot) => {
      const moments = momentsOf[spot.split("@")[0] as Action["do"]];
      return moments.map((moment) => `${moment} ${spot}`);
    });
    assert.deepEqual(
      wanted.filter((one) => !kills.includes(one)),
      [],
      "no scenario of test-chaos/scenarios has these",
    );
    assert.deepEqual(
      kills.filter((one) => !wanted.includes(one)),
      [],
      "the machine does no such thing",
    );
  });

  it("have an operation of every kind in them, and 60 kills at least", () => {
    const kinds = scenarios.map(({ kind }) => kind);
    assert.deepEqual(
      operationKinds.filter((kind) => !kinds.includes(kind)),
      [],
    );
    assert.ok(kills.length >= 60, `${kills.length} kills`);
  });
});
