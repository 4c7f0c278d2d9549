import assert from "node:assert/strict";
import { call, because, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

describe("preview links", () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness, tenant("acme"));
  });
  after(() => harness.close());

  const rollout = () => harness.automation.tenants.rollout("production", "acme", { release: "2.0.0" }, call);
  const refused = (code: string) => (error: { code?: string }) => error.code === code;

  it("lead to the new color while its preview is there, and no longer", async () => {
    const { automation, ledger } = harness;
    const { operations } = automation;
    const { id } = await rollout();
    const link = await operations.makePreviewLink(id, 10, call);
    assert.ok(Math.abs(link.expiresAt.getTime() - Date.now() - 600_000) < 5000);
    await assert.rejects(operations.followPreviewLink(link.token), refused("preview_closed"));

    const claim = await run(ledger, id, "shifting");
    const { move } = claim.operation;
    assert.deepEqual(await operations.followPreviewLink(link.token), {
      host: "acme.production.localhost",
      color: move!.target,
      token: move!.token,
      expiresAt: link.expiresAt,
    });
    const events = await automation.events.list({ operation: id }, 0, 100);
    const made = events.find(({ type }) => type === "preview_link");
    assert.equal(made?.data["actor"], "alice");
    assert.ok(!JSON.stringify(events).includes(link.token) && !JSON.stringify(events).includes(move!.token));

    for (const forged of [
      "",
      "x",
      link.token.replace(/\.(\d+)\./, (_, expires) => `.${Number(expires) + 60}.`),
      link.token.replace(/^.{8}/, "00000000"),
      link.token.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      `${link.token}0`,
    ])
      await assert.rejects(operations.followPreviewLink(forged), refused("preview_link_invalid"), forged);

    await operations.intervene(id, "abort", because);
    await ledger.releaseLeasesOf("test");
  });

  it("expire", async () => {
    const { operations } = harness.automation;
    const [newest] = (await operations.list({ tenant: "acme", kind: "rollout" }, { limit: 1 })).items;
    const { token } = await operations.makePreviewLink(newest!.id, -1, call);
    await assert.rejects(operations.followPreviewLink(token), refused("preview_link_invalid"));
  });

  it("are of operations that move traffic and have not ended", async () => {
    const { operations } = harness.automation;
    const [provision] = (await operations.list({ tenant: "acme", kind: "provision" }, { limit: 1 })).items;
    await assert.rejects(operations.makePreviewLink(provision!.id, 10, call), refused("preview_closed"));
    const none = "00000000-0000-4000-8000-000000000000";
    await assert.rejects(operations.makePreviewLink(none, 10, call), refused("operation_not_found"));
  });
});
