import assert from "node:assert/strict";
import type { PreviewLinkView } from "../../model/views.ts";
import { TestTeal } from "./teal.ts";

describe("a preview link", function () {
  this.timeout(120_000);
  let teal: TestTeal;

  before(async () => {
    teal = await new TestTeal().start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    assert.equal((await teal.ending(await teal.provision("acme", "1.0.0"))).state, "succeeded");
  });
  after(() => teal.stop());

  it("shows the new release before anybody else sees it, and ends with the rollout", async () => {
    const rollout = await teal.rollout("acme", "2.0.0", { gates: ["before-traffic"] });
    await teal.when(rollout, "the gate", (o) => o.phase === "awaiting-approval" && o.approval?.plan !== undefined);
    const path = `/v1/operations/${rollout.id}/preview-link`;
    assert.equal((await teal.call("POST", path, { minutes: 0 })).status, 400);
    const { url, expiresAt } = await teal.accepted<PreviewLinkView>("POST", path, { minutes: 5 });
    assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 300_000) < 10_000);

    const opened = await fetch(url, { redirect: "manual" });
    assert.equal(opened.status, 303);
    const cookie = opened.headers.getSetCookie()[0]!.split(";")[0]!;
    const look = () => fetch(new URL(opened.headers.get("location")!, url), { headers: { cookie } });
    const seen = await look();
    assert.equal(((await seen.json()) as { version: string }).version, "2.0.0");
    assert.deepEqual(await teal.split("acme", 10), { "1.0.0": 10 });
    // Without the link's cookie there is nothing to be seen.
    assert.equal((await fetch(new URL("/", url))).status, 403);

    await teal.accepted("POST", `/v1/operations/${rollout.id}/reject`, { reason: "looks wrong" });
    assert.equal((await teal.ending(rollout)).state, "rolled-back");
    const over = await look();
    assert.deepEqual([over.status, (await over.text()).includes("has ended")], [409, true]);
    const again = await teal.call("POST", path, {});
    assert.deepEqual([again.status, again.body["code"]], [409, "preview_closed"]);
  });
});
