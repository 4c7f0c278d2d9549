import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import pino from "pino";
import type { Claim } from "../../../automation/ledger/claims.ts";
import type { Ledger } from "../../../automation/ledger/ledger.ts";
import { giveUpSeconds, retrySeconds } from "../../../automation/ledger/notices/settle.ts";
import { startCourier } from "../../../automation/telling/courier.ts";
import { note } from "../../../automation/worker/advance.ts";
import { step } from "../../../model/machine/step.ts";
import type { Outcome } from "../../../model/operation.ts";
import { openBooks } from "../books.ts";
import { because, call, happen, openHarness, provisioned, release, run, tenant, type Harness } from "../harness.ts";
import { answering, openReceiver, until, type Receiver } from "./receiver.ts";

const production = "production";
const secret = "correct horse battery staple";
const reach = { loopback: true, private: false };
const bad: Outcome = {
  code: "release_not_ready",
  cause: "release",
  message: "m".repeat(5000),
  evidence: [
    { source: "log", text: "password=hunter2" },
    { source: "request", text: "GET / answered hunter2" },
    ...Array.from({ length: 9 }, () => ({ source: "event" as const, text: "e".repeat(1000) })),
  ],
};

describe("telling people of operations", () => {
  let harness: Harness;
  let receiver: Receiver;
  let couriers: { stop(): Promise<void> }[] = [];
  let lines: string[] = [];
  /** Calls that were counted. */
  let tried: [environment: string, delivered: boolean][];
  let count = 0;
  before(async () => {
    harness = await openHarness();
    await provisioned(harness);
  });
  after(() => harness.close());
  beforeEach(async () => {
    receiver = await openReceiver(secret);
    lines = [];
    tried = [];
    await set();
  });
  afterEach(async () => {
    await stop();
    await harness.automation.webhooks.remove(production, call).catch(() => undefined);
    await receiver.close();
    await endAll();
  });
  /** What still waits is not the next test's business. */
  const endAll = () =>
    harness.ledger.read((db) =>
      db
        .updateTable("operations")
        .set({ state: "cancelled", phase: "cancelled", ended_at: new Date(), worker: null, lease_until: null })
        .where("ended_at", "is", null)
        .execute(),
    );

  const set = (more: object = {}) =>
    harness.automation.webhooks.set(production, { url: receiver.url, secret, remindMinutes: 60, ...more }, because);
  const start = (ledger: Ledger = harness.ledger) => {
    const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
    const publicUrl = "https://teal.example.com/console/";
    const observe = (environment: string, delivered: boolean) => void tried.push([environment, delivered]);
    const posting = { reach };
    couriers.push(startCourier({ ledger, environments: [production, "develop"], publicUrl, posting, log, observe }));
  };
  const stop = async () => {
    await Promise.all(couriers.map((one) => one.stop()));
    couriers = [];
  };
  const left = () => harness.ledger.read((db) => db.selectFrom("notices").selectAll().execute());
  /** Lets time pass for what is to be told. */
  const earlier = (seconds: number) =>
    harness.ledger.transaction(async (tx) => {
      const before = (date: Date) => new Date(date.getTime() - seconds * 1000);
      for (const { id, due_at, since, lease_until } of await tx.selectFrom("notices").selectAll().execute()) {
        const values = {
          due_at: before(due_at),
          since: before(since),
          lease_until: lease_until && before(lease_until),
        };
        await tx.updateTable("notices").set(values).where("id", "=", id).execute();
      }
    });
  const rolledOut = async (until: string, more: object = {}): Promise<Claim> => {
    const id = `told-${++count}`;
    await run(harness.ledger, (await harness.automation.tenants.create(production, tenant(id), call)).id);
    const { tenants } = harness.automation;
    return run(harness.ledger, (await tenants.rollout(production, id, { release: "2.0.0", ...more }, call)).id, until);
  };
  const ends = async (claim: Claim, event: "failed" | "surprised", outcome: Outcome): Promise<Claim> => {
    const change = step(claim.operation, event, new Date(), outcome)!;
    return harness.ledger.advance(claim, { change, events: [] });
  };
  /** At a gate, with what is to be approved shown, as the worker does it. */
  const atGate = async (): Promise<Claim> => {
    const claim = await rolledOut("awaiting-approval", { gates: ["before-traffic"], approvalSeconds: 3600 });
    const steps = [{ op: "update" as const, urn: "u", type: "t", name: "route", diffs: ["spec.rules"] }];
    const memory = {
      ...claim.operation.memory,
      approval: { gate: "before-traffic" as const, shown: { plan: "0123456789abcdef", steps } },
    };
    const shown = await harness.ledger.advance(claim, { memory, events: [] });
    assert.equal((await left()).length, 0, "what is to be approved is told with why it waits");
    const outcome: Outcome = {
      code: "approval_wanted",
      cause: "person",
      message: "Approve or reject it.",
      evidence: [],
    };
    return harness.ledger.advance(shown, { ...note(shown.operation, { outcome }), events: [], release: true });
  };

  it("tells of a gate with link, deadline and what one can do, signed, once", async () => {
    start();
    const { operation } = await atGate();
    await receiver.until(1);
    const [{ body, verified, id, text }] = receiver.received as [(typeof receiver.received)[0]];
    assert.equal(verified, true);
    await until(async () => tried.length > 0, "it to be counted");
    assert.deepEqual(tried, [[production, true]]);
    assert.equal(id, body.id);
    assert.deepEqual(Object.keys(body), ["id", "at", "type", "environment", "tenant", "operation", "link", "api"]);
    assert.deepEqual([body.type, body.environment, body.tenant], ["operation.waiting", production, operation.tenant]);
    assert.equal(body.link, `https://teal.example.com/console/operations/${operation.id}`);
    assert.equal(body.api, `https://teal.example.com/console/v1/operations/${operation.id}`);
    const told = body.operation!;
    assert.deepEqual(
      [told.id, told.kind, told.release, told.phase],
      [operation.id, "rollout", "2.0.0", "awaiting-approval"],
    );
    assert.equal(told.outcome?.code, "approval_wanted");
    const view = await harness.automation.operations.get(operation.id);
    assert.equal(told.deadline, view.approval?.expiresAt);
    assert.deepEqual(
      told.actions,
      view.actions.filter((a) => a.allowed).map(({ name, effect }) => ({ name, effect })),
    );
    assert.ok(told.actions.some((action) => action.name === "approve"));
    assert.ok(!text.includes(secret) && !lines.join().includes(secret));
    await until(async () => (await left())[0]?.type === "operation.reminder", "a reminder to come");
    // Trouble on the way and another look are nothing new.
    const again = (await harness.ledger.claim(operation.id, "test", 60))!;
    const { outcome } = again.operation;
    const trouble = await harness.ledger.advance(again, {
      ...note(again.operation, { outcome: { ...bad, code: "cluster_unreachable" } }),
      events: [],
    });
    await harness.ledger.advance(trouble, { ...note(trouble.operation, { outcome }), events: [], release: true });
    assert.equal((await left()).length, 1);
    assert.equal(receiver.received.length, 1);
  });

  it("tells of surprises, halts, failures and of what went back, evidence bounded and without what pods wrote", async () => {
    start();
    const surprised = await ends(await rolledOut("shifting"), "surprised", { ...bad, code: "traffic_moved" });
    const back = await ends(await rolledOut("verifying"), "failed", bad);
    const halted = await ends(back, "failed", bad);
    const gone = await ends(await rolledOut("verifying"), "failed", bad);
    await harness.ledger.releaseLeasesOf("test");
    await run(harness.ledger, gone.operation.id);
    const { id } = await harness.automation.tenants.create(production, tenant(`told-${++count}`), call);
    await ends(await run(harness.ledger, id, "verifying"), "failed", bad);
    await receiver.until(4);
    const told = receiver.received.map(({ body }) => [body.type, body.operation?.id, body.operation?.phase]);
    assert.deepEqual(
      told.sort(),
      [
        ["operation.failed", id, "failed"],
        ["operation.halted", halted.operation.id, "halted"],
        ["operation.rolled-back", gone.operation.id, "rolled-back"],
        ["operation.waiting", surprised.operation.id, "paused"],
      ].sort(),
    );
    for (const { body, verified, text } of receiver.received) {
      assert.ok(verified && body.operation?.outcome);
      assert.ok(!text.includes("hunter2"));
      assert.ok(text.length < 6000, String(text.length));
    }
    const ended = receiver.received.find(({ body }) => body.type === "operation.failed")!;
    assert.deepEqual([ended.body.operation?.actions, ended.body.operation?.deadline], [[], null]);
    await until(async () => (await left()).length === 2, "only what waits to be left");
  });

  it("tells nothing of what goes well, of what passes by itself, nor where no webhook is", async () => {
    const done = await rolledOut("none");
    assert.equal(done.operation.state, "succeeded");
    const busy = await rolledOut("shifting");
    await harness.ledger.advance(busy, {
      ...note(busy.operation, { outcome: { ...bad, code: "environment_stopped" } }),
      events: [],
    });
    assert.deepEqual(await left(), []);
    await harness.automation.webhooks.remove(production, call);
    const paused = await ends(busy, "surprised", bad);
    assert.deepEqual(await left(), []);
    await set();
    assert.deepEqual(
      (await left()).map((one) => one.operation),
      [paused.operation.id],
      "a new one hears of what waits",
    );
  });

  it("tries again after 1, 2, 4 … 600 s, with the same id, and holds nothing else up", async () => {
    assert.deepEqual([1, 2, 3, 4, 10, 11, 50].map(retrySeconds), [1, 2, 4, 8, 512, 600, 600]);
    start();
    receiver.answer((response, n) => answering(n <= 2 ? 503 : 200)(response, n));
    await ends(await rolledOut("shifting"), "surprised", bad);
    await receiver.until(3);
    const ids = new Set(receiver.received.map((one) => one.id));
    assert.equal(ids.size, 1);
    const texts = new Set(receiver.received.map((one) => one.text));
    assert.equal(texts.size, 1);
    assert.ok(receiver.received.every((one) => one.verified));
    assert.ok(lines.some((line) => line.includes("Expected a status 2xx; got 503.")));
    assert.ok(!lines.join().includes("team=ops"), "a URL may be a secret");
    await until(async () => tried.length >= 3, "all of them to be counted");
    assert.deepEqual(
      tried.slice(0, 3).map(([, delivered]) => delivered),
      [false, false, true],
    );
  });

  it("gives up after a day, says so in an event, and reminds all the same", async () => {
    receiver.answer(answering(500));
    const { operation } = await ends(await rolledOut("shifting"), "surprised", bad);
    await earlier(giveUpSeconds + 1);
    start();
    await receiver.until(1);
    const { events } = harness.automation;
    const failed = async () =>
      (await events.list({ operation: operation.id }, 0, 1000)).filter((event) => event.type === "webhook_failed");
    await until(async () => (await failed()).length > 0, "the event");
    const [event] = await failed();
    assert.match(
      event!.message,
      /could not be told \(operation\.waiting\) within a day, 1 times tried\. Expected a status 2xx; got 500\.$/,
    );
    assert.ok(!JSON.stringify(event).includes("team=ops"));
    receiver.answer(answering(204));
    await earlier(3600);
    await receiver.until(2);
    assert.equal(receiver.received[1]?.body.type, "operation.reminder");
  });

  it("reminds while it waits for the same, each time under another id, and no longer", async () => {
    start();
    const claim = await ends(await rolledOut("shifting"), "surprised", bad);
    const { id } = claim.operation;
    for (const n of [1, 2, 3]) {
      await receiver.until(n);
      await until(async () => (await left())[0]?.attempts === 0, "it to be settled");
      await earlier(n === 1 ? 3500 : 3600);
      if (n === 1) {
        await new Promise((resolve) => setTimeout(resolve, 1200));
        assert.equal(receiver.received.length, 1, "not before its time");
        await earlier(100);
      }
    }
    await receiver.until(4);
    const types = receiver.received.map(({ body }) => body.type);
    assert.deepEqual(types, ["operation.waiting", ...Array<string>(3).fill("operation.reminder")]);
    assert.equal(new Set(receiver.received.map((one) => one.id)).size, 4);
    assert.ok(receiver.received.every((one) => one.body.operation?.id === id && one.verified));
    await until(async () => (await left())[0]?.attempts === 0, "it to be settled");
    await set({ remindMinutes: 1 });
    const [reminder] = await left();
    assert.ok(reminder!.due_at.getTime() - Date.now() < 61_000, "a shorter interval counts at once");
    await happen(harness.ledger, claim, "resume");
    await earlier(60);
    await until(async () => (await left()).length === 0, "nothing to be left");
    assert.equal(receiver.received.length, 4);
  });

  it("is shared by many couriers: each notice goes out once", async () => {
    const waiting = [];
    for (let n = 0; n < 12; n++) {
      const { id } = await harness.automation.tenants.create(production, tenant(`told-${++count}`), call);
      waiting.push((await ends(await run(harness.ledger, id, "verifying"), "failed", bad)).operation.id);
    }
    receiver.answer((response, n) => void setTimeout(() => answering(200)(response, n), 100));
    for (let n = 0; n < 4; n++) start();
    await receiver.until(12);
    await until(async () => (await left()).length === 0, "nothing to be left");
    assert.deepEqual(receiver.received.map(({ body }) => body.operation?.id).sort(), waiting.sort());
  });

  it("survives a crash between commit and delivery, and one in the middle of a delivery", async () => {
    const { operation } = await ends(await rolledOut("shifting"), "surprised", bad);
    receiver.answer(() => undefined);
    const script = new URL("./courierChild.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, [script, harness.url], { stdio: "inherit" });
    await receiver.until(1);
    child.kill("SIGKILL");
    await once(child, "exit");

    receiver.answer(answering(200));
    const books = await openBooks(harness.url);
    try {
      start(books.ledger);
      await new Promise((resolve) => setTimeout(resolve, 1200));
      assert.equal(receiver.received.length, 1, "the dead one's lease");
      await earlier(31);
      await receiver.until(2);
      assert.equal(receiver.received[0]?.id, receiver.received[1]?.id);
      assert.equal(receiver.received[1]?.body.operation?.id, operation.id);
      await stop();
    } finally {
      await books.close();
    }
  });

  it("goes to each environment's receiver, none held up by another's", async () => {
    const hanging = await openReceiver(secret);
    hanging.answer(() => undefined);
    try {
      await harness.automation.webhooks.set(production, { url: hanging.url, secret, remindMinutes: 60 }, because);
      await ends(await rolledOut("shifting"), "surprised", bad);
      await harness.automation.webhooks.set("develop", { url: receiver.url, secret, remindMinutes: 60 }, because);
      await harness.automation.releases.register("develop", release("1.0.0"), call);
      const { id } = await harness.automation.tenants.create("develop", tenant("dev"), call);
      start();
      await hanging.until(1);
      await ends(await run(harness.ledger, id, "verifying"), "failed", bad);
      await receiver.until(1);
      assert.equal(receiver.received[0]?.body.environment, "develop");
    } finally {
      await stop();
      await hanging.close();
    }
  });

  it("is set, shown without its secret, tested and removed, with who and why", async () => {
    const { webhooks, events } = harness.automation;
    const shown = await webhooks.get(production);
    assert.deepEqual(
      [shown.url, shown.remindMinutes, shown.changed.by, shown.changed.reason],
      [receiver.url, 60, "alice", "a test"],
    );
    assert.ok(!JSON.stringify(shown).includes(secret));
    const [row] = await harness.ledger.read((db) =>
      db.selectFrom("webhooks").selectAll().where("environment", "=", production).execute(),
    );
    assert.ok(!row!.secret.toString("latin1").includes(secret));

    const passed = await webhooks.test(production, call);
    assert.deepEqual([passed.delivered, passed.status, passed.problem], [true, 204, undefined]);
    assert.deepEqual([receiver.received[0]?.verified, receiver.received[0]?.body.type], [true, "test"]);
    assert.equal(receiver.received[0]?.body.operation, null);
    receiver.answer(answering(418));
    const refused = await webhooks.test(production, call);
    assert.deepEqual([refused.delivered, refused.status], [false, 418]);
    const key = { ...call, idempotency: { key: "k", route: "POST …/webhook/test", bodyHash: "h" } };
    assert.deepEqual(await webhooks.test(production, key), await webhooks.test(production, key));
    assert.equal(receiver.received.length, 3);

    for (const url of [
      "http://hooks.example.com/",
      "https://ann:hunter2@hooks.example.com/",
      "https://10.0.0.1/",
      "x",
    ]) {
      await assert.rejects(set({ url }), (error: Error & { code: string; data: { errors: { pointer: string }[] } }) => {
        assert.deepEqual([error.code, error.data.errors[0]?.pointer], ["invalid_input", "/url"]);
        return !JSON.stringify([error.message, error.data]).includes("hunter2");
      });
    }
    await webhooks.remove(production, because);
    const lost = [
      () => webhooks.get(production),
      () => webhooks.remove(production, call),
      () => webhooks.test(production, call),
    ];
    for (const one of lost) {
      await assert.rejects(one, { code: "webhook_not_found" });
    }
    await assert.rejects(webhooks.get("staging"), { code: "environment_not_found" });
    const told = (await events.list({ environment: production }, 0, 10_000)).filter((e) =>
      e.type.startsWith("webhook_"),
    );
    assert.deepEqual(
      told.slice(-2).map((e) => [e.type, e.data["actor"], e.data["reason"]]),
      [
        ["webhook_set", "alice", "a test"],
        ["webhook_removed", "alice", "a test"],
      ],
    );
    assert.ok(!JSON.stringify(told).includes(secret) && !JSON.stringify(told).includes("team=ops"));
  });
});
