import assert from "node:assert/strict";
import { defaultPolicy } from "../../model/policy.ts";
import type { Freeze } from "../../model/freeze.ts";
import { next, type Facts } from "../../model/machine/next.ts";
import { stateOf } from "../../model/machine/step.ts";
import { operationKinds } from "../../model/operation.ts";
import { accepted } from "./operations.ts";

const now = new Date("2026-11-21T12:00:00Z");
const open: Facts = { now, stopped: null, freeze: null };
const christmas: Freeze = {
  id: "1",
  from: new Date("2026-11-20T00:00:00Z"),
  to: new Date("2026-11-24T00:00:00Z"),
  reason: "Christmas trade",
  by: "ada",
};
const frozen: Facts = { ...open, freeze: christmas };
const policy = { ...defaultPolicy("production"), windows: [{ days: ["sat" as const], from: "22:00", to: "04:00" }] };
const terms = { policy, timeZone: "Europe/Berlin" };

describe("windows and freezes", () => {
  it("let what moves traffic wait until they are open, and say when that is", () => {
    for (const kind of ["rollout", "configure", "restart"] as const) {
      const action = next(accepted(kind, terms), open);
      assert.ok(action.do === "wait" && action.why, kind);
      assert.deepEqual(action.until, new Date("2026-11-21T21:00:00Z"));
      assert.deepEqual([action.why.code, action.why.cause], ["outside_window", "policy"]);
      assert.match(action.why.message, /begins at 2026-11-21T21:00:00.000Z \(Sat,? 22:00 in Europe\/Berlin\)/);
      const later = { ...open, now: new Date("2026-11-21T21:00:00Z") };
      assert.deepEqual(next(accepted(kind, terms), later), { do: "begin" });
    }
  });

  it("let it wait for the end of a freeze, in a window or not", () => {
    for (const given of [terms, {}]) {
      const action = next(accepted("rollout", given), frozen);
      assert.ok(action.do === "wait" && action.why);
      assert.deepEqual([action.until, action.why.code, action.why.cause], [christmas.to, "frozen", "policy"]);
      assert.match(action.why.message, /2026-11-24T00:00:00.000Z by ada: Christmas trade/);
    }
    // By the ledger's clock it is still frozen: ask again, but not without end.
    const ahead = next(accepted("rollout"), { ...frozen, now: christmas.to });
    assert.ok(ahead.do === "wait" && ahead.until.getTime() === christmas.to.getTime() + 1000);
  });

  it("hold nothing that was overridden, needs no new pods, goes back, mends, begins or ends a tenant, or has begun", () => {
    const override = { reason: "mends the hole" };
    for (const facts of [open, frozen]) {
      assert.deepEqual(next(accepted("rollout", { ...terms, override }), facts), { do: "begin" });
      assert.deepEqual(next(accepted("configure", { ...terms, steps: [] }), facts), { do: "begin" });
      for (const kind of operationKinds) {
        if (kind === "rollout" || kind === "configure" || kind === "restart") continue;
        assert.deepEqual(next(accepted(kind, terms), facts), { do: "begin" }, kind);
      }
      for (const phase of ["deploying", "shifting", "rolling-back", "settling"] as const) {
        assert.equal(next({ ...accepted("rollout", terms), phase, state: stateOf(phase) }, facts).do, "apply", phase);
      }
    }
  });

  it("come after a stop of the environment, which holds all of them", () => {
    const action = next(accepted("rollout", terms), { ...frozen, stopped: { by: "ada", reason: "incident" } });
    assert.ok(action.do === "wait" && action.why?.code === "environment_stopped");
  });

  it("know nothing of what was accepted before there were any", () => {
    assert.deepEqual(next(accepted("rollout"), open), { do: "begin" });
  });
});
