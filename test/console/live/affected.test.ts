import assert from "node:assert/strict";
import { affectedBy, distinct } from "../../../console/src/live/affected.ts";
import { pauseBefore } from "../../../console/src/live/stream.ts";

const event = { environment: "production", tenant: "acme", operation: "5f0c", type: "phase" };

describe("what an event may have changed", () => {
  const has = (keys: readonly (readonly unknown[])[], key: unknown[]) =>
    keys.some((one) => JSON.stringify(one) === JSON.stringify(key));

  it("is its tenant and operation, and no other's", () => {
    const keys = affectedBy(event);
    assert.ok(has(keys, ["tenant", "production", "acme"]));
    assert.ok(has(keys, ["operation", "5f0c"]));
    assert.ok(has(keys, ["fleet", "production"]));
    assert.ok(
      keys.every((key) => key[0] !== "tenant" || key.length === 3),
      "never all tenants",
    );
  });

  it("is what events of its type are about", () => {
    const about = (type: string) => affectedBy({ ...event, tenant: null, operation: null, type });
    assert.ok(has(about("policy_changed"), ["policy", "production"]));
    assert.ok(has(about("release_withdrawn"), ["releases", "production"]));
    assert.ok(has(about("freeze_declared"), ["freezes", "production"]));
    assert.ok(has(about("alert_firing"), ["operation-alerts"]));
    assert.ok(has(affectedBy({ ...event, environment: null, tenant: null, type: "alert_over" }), ["attention"]));
    assert.equal(has(about("policy_changed"), ["fleet", "production"]), false);
  });

  it("is read again once, however many events say so", () => {
    assert.deepEqual(distinct([["a", 1], ["b"], ["a", 1]]), [["a", 1], ["b"]]);
  });
});

describe("a broken connection", () => {
  it("is taken up again soon at first, then every 5 s", () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 40].map(pauseBefore), [300, 600, 1200, 2400, 4800, 5000, 5000]);
  });
});
