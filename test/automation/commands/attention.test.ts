import assert from "node:assert/strict";
import { noteUnknownStacks } from "../../../automation/ledger/tenants/survey.ts";
import { step } from "../../../model/machine/step.ts";
import type { AttentionItem } from "../../../model/console/attention.ts";
import type { Outcome } from "../../../model/operation.ts";
import type { OperationView } from "../../../model/views.ts";
import { because, call, happen, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";

const production = "production";

describe("what needs a person", () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness();
    await provisioned(harness, tenant("acme"), tenant("beta"));
  });
  afterEach(() => harness.close());

  const attention = async (environment?: string, page: { limit: number; cursor?: string } = { limit: 50 }) =>
    harness.automation.overview.attention(environment === undefined ? {} : { environment }, page);
  const shown = async () => (await attention()).items.map(({ concern, tenant, code }) => [concern, tenant, code]);
  const rollout = (id: string, more: object = {}): Promise<OperationView> =>
    harness.automation.tenants.rollout(production, id, { release: "2.0.0", ...more }, call);
  const outcome: Outcome = {
    code: "release_not_ready",
    cause: "release",
    message: "It crashes.",
    evidence: [{ source: "log", text: "boom" }],
  };
  /** A rollout that has gone back of itself. */
  const goneBack = async (id: string): Promise<OperationView> => {
    const operation = await rollout(id);
    const claim = await run(harness.ledger, operation.id, "verifying");
    const change = step(claim.operation, "failed", new Date(), outcome)!;
    await harness.ledger.advance(claim, { change, events: [], release: true });
    await run(harness.ledger, operation.id);
    return harness.automation.operations.get(operation.id);
  };
  /** At its gate, with what would be done shown. */
  const waiting = async (id: string, approvalSeconds: number): Promise<OperationView> => {
    const operation = await rollout(id, { gates: ["before-traffic"], approvalSeconds });
    const claim = await run(harness.ledger, operation.id, "awaiting-approval");
    const memory = {
      ...claim.operation.memory,
      approval: { gate: "before-traffic" as const, shown: { plan: "0123456789abcdef", steps: [] } },
    };
    await harness.ledger.advance(claim, { memory, events: [], release: true });
    return harness.automation.operations.get(operation.id);
  };

  it("is nothing where all is well", async () => {
    const { items, next, counts } = await attention();
    assert.deepEqual([items, next, Object.values(counts).every((count) => count === 0)], [[], undefined, true]);
  });

  it("is a gate with its deadline, the plan that approving takes, and the nearest deadline first", async () => {
    const later = await waiting("acme", 7200);
    const sooner = await waiting("beta", 3600);
    await harness.automation.environments.stop(production, because);
    const { items, counts } = await attention(production);
    assert.deepEqual(
      items.map(({ concern, operation }) => [concern, operation?.id]),
      [
        ["approval", sooner.id],
        ["approval", later.id],
        ["stopped", undefined],
      ],
    );
    assert.equal(items[0]?.deadline, sooner.approval?.expiresAt);
    assert.deepEqual(
      items[0]?.actions.find(({ name }) => name === "approve"),
      {
        name: "approve",
        effect: "Lets the operation past the gate it waits at.",
        method: "POST",
        path: `/v1/operations/${sooner.id}/approve`,
        plan: "0123456789abcdef",
      },
    );
    assert.deepEqual([counts.approval, counts.stopped, counts.failed], [2, 1, 0]);
    const resume = { name: "resume", method: "POST", path: "/v1/environments/production/resume" };
    assert.deepEqual(
      items[2]?.actions.map(({ name, method, path }) => ({ name, method, path })),
      [resume],
    );
    assert.deepEqual([items[2]?.cause, items[2]?.evidence[0]?.text], ["person", "a test"]);
  });

  it("is not a gate whose plan is still to be shown", async () => {
    const operation = await rollout("acme", { gates: ["before-traffic"] });
    await run(harness.ledger, operation.id, "awaiting-approval");
    assert.deepEqual(await shown(), []);
  });

  it("is what a person has paused, and what is halted", async () => {
    const operation = await rollout("acme");
    const claim = await run(harness.ledger, operation.id, "shifting");
    await happen(harness.ledger, claim, "pause");
    const { items } = await attention();
    assert.deepEqual([items[0]?.concern, items[0]?.deadline], ["paused", null]);
    assert.ok(items[0]?.actions.some(({ name }) => name === "resume"));
  });

  it("is what went back of itself, until somebody acknowledges it, with who and why", async () => {
    const operation = await goneBack("acme");
    const { items } = await attention();
    const { id, concern, cause, code, message, evidence, actions, underWay } = items[0]!;
    assert.deepEqual(
      { id, concern, cause, code, message, evidence, underWay },
      { id: `operation:${operation.id}`, concern: "rolled-back", underWay: undefined, ...outcome },
    );
    assert.deepEqual(
      actions.map(({ path }) => path),
      [`/v1/operations/${operation.id}/acknowledge`],
    );
    const { acknowledge } = harness.automation.operations;
    const taken = await acknowledge(operation.id, because);
    assert.deepEqual([taken.acknowledged?.by, taken.acknowledged?.reason], ["alice", "a test"]);
    assert.deepEqual(await shown(), []);
    assert.deepEqual(await acknowledge(operation.id, { actor: "bob", reason: "me too" }), taken);
    const events = await harness.automation.events.list({ operation: operation.id }, 0, 100);
    const told = events.filter(({ type }) => type === "acknowledged");
    assert.deepEqual(
      told.map(({ message, data }) => [message, data]),
      [["alice took note that the rollout ended rolled-back: a test", { actor: "alice", reason: "a test" }]],
    );
  });

  it("is once per tenant what ended badly, until a newer operation has succeeded", async () => {
    await goneBack("acme");
    const second = await goneBack("acme");
    assert.deepEqual(
      (await attention()).items.map(({ operation }) => operation?.id),
      [second.id],
    );
    const third = await rollout("acme");
    assert.deepEqual(
      (await attention()).items.map(({ underWay }) => underWay),
      [third.id],
    );
    await run(harness.ledger, third.id);
    assert.deepEqual(await shown(), []);
  });

  it("is not what a person has turned round", async () => {
    const operation = await rollout("acme");
    const claim = await run(harness.ledger, operation.id, "shifting");
    const asked: Outcome = { ...outcome, code: "abort_requested", cause: "person" };
    const change = step(claim.operation, "abort", new Date(), asked)!;
    await harness.ledger.advance(claim, { change, events: [], release: true });
    await run(harness.ledger, operation.id);
    assert.equal((await harness.automation.operations.get(operation.id)).state, "rolled-back");
    assert.deepEqual(await shown(), []);
  });

  it("is nothing of a tenant that is gone", async () => {
    await goneBack("acme");
    await run(harness.ledger, (await harness.automation.tenants.offboard(production, "acme", {}, call)).id);
    assert.deepEqual(await shown(), []);
  });

  it("is a tenant that was found changed, and stacks that nobody knows", async () => {
    const found = { code: "traffic_moved", message: "Somebody moved it.", at: "2026-01-01T00:00:00.000Z" };
    await harness.ledger.read((db) =>
      db
        .updateTable("tenants")
        .set({ attention: JSON.stringify(found) })
        .where("id", "=", "beta")
        .execute(),
    );
    const note = (...ids: string[]) => harness.ledger.transaction((tx) => noteUnknownStacks(tx, production, ids));
    await note("acme", "lost");
    const { items } = await attention();
    assert.deepEqual(
      items.map(({ id, since }) => [id, since === found.at]),
      [
        ["tenant:production.beta", true],
        ["environment:production.unknown-stacks", false],
      ],
    );
    assert.equal(items[0]?.actions[0]?.path, "/v1/environments/production/tenants/beta/drift");
    assert.match(items[1]!.message, /^1 stack belongs/);
    await note("acme", "lost", "other");
    assert.equal((await attention()).items[1]?.since, items[1]?.since);
    await note("acme");
    assert.deepEqual(await shown(), [["tenant", "beta", "traffic_moved"]]);
    assert.deepEqual((await attention("develop")).items, []);
  });

  it("comes page by page, and goes on where it was though what went before is gone", async () => {
    await waiting("acme", 3600);
    const bad = await goneBack("beta");
    await harness.automation.environments.stop("develop", because);
    const ids: (string | undefined)[] = [];
    const items: AttentionItem[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await attention(undefined, { limit: 1, ...(cursor !== undefined && { cursor }) });
      items.push(...page.items);
      ids.push(...page.items.map(({ concern }) => concern));
      if (ids.length === 2) await harness.automation.operations.acknowledge(bad.id, because);
      if ((cursor = page.next) === undefined) break;
    }
    assert.deepEqual(ids, ["approval", "rolled-back", "stopped"]);
    await assert.rejects(attention(undefined, { limit: 1, cursor: "x" }), { code: "invalid_cursor" });
  });

  it("can be acknowledged only where it ended badly", async () => {
    const { acknowledge } = harness.automation.operations;
    const operation = await rollout("acme");
    await assert.rejects(acknowledge(operation.id, because), { code: "action_not_allowed" });
    await run(harness.ledger, operation.id);
    await assert.rejects(acknowledge(operation.id, because), { code: "action_not_allowed" });
    await assert.rejects(acknowledge(crypto.randomUUID(), because), { code: "operation_not_found" });
  });
});
