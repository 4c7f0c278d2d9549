import assert from "node:assert/strict";
import { TestTeal } from "./teal.ts";

describe("affinity", () => {
  const teal = new TestTeal();

  before(async () => {
    await teal.start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    await teal.ending(await teal.provision("acme", "1.0.0"));
  });
  after(() => teal.stop());

  it("keeps users with the release that they were led to while its share rises", async () => {
    const rollout = { affinity: "cookie", steps: [40, 70, 100], bakeSeconds: 2 };
    const operation = await teal.rollout("acme", "2.0.0", rollout);
    const baking = (percent: number) =>
      teal.when(operation, `baking at ${percent} %`, (o) => o.phase === "baking" && o.step?.percent === percent);
    await baking(40);
    const users = await Promise.all(Array.from({ length: 20 }, () => teal.visitAs("acme", undefined)));
    assert.equal(users.filter(({ version }) => version === "2.0.0").length, 8);
    await baking(70);
    for (const [i, { cookie, version }] of users.entries()) {
      users[i] = await teal.visitAs("acme", cookie);
      if (version === "2.0.0") assert.equal(users[i].version, "2.0.0");
    }
    const { state } = await teal.ending(operation);
    assert.equal(state, "succeeded");
    for (const { cookie } of users) assert.equal((await teal.visitAs("acme", cookie)).version, "2.0.0");
  });
});
