import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Ledger } from "../../../automation/ledger/ledger.ts";
import type { Queue } from "../../../automation/queue/queue.ts";
import { openBooks } from "../books.ts";
import { freshDatabase } from "../postgres.ts";

describe("queue", () => {
  let url: string;
  let ledger: Ledger;
  let queue: Queue;
  let close: () => Promise<void>;
  before(async () => {
    url = await freshDatabase();
    ({ ledger, queue, close } = await openBooks(url));
  });
  after(() => close());

  const send = (id: string, at?: Date) => ledger.transaction((tx) => queue.send(tx, id, at));
  const until = async (condition: () => boolean, ms = 5000) => {
    for (const deadline = Date.now() + ms; !condition(); await sleep(5)) {
      if (Date.now() > deadline) throw new Error("It took too long.");
    }
  };

  it("hands over what was sent, soon after the commit, once", async () => {
    const heard: string[] = [];
    const work = queue.work(async (id) => void heard.push(id), { concurrency: 4 });
    await send(randomUUID());
    await until(() => heard.length === 1);
    const id = randomUUID();
    const sent = Date.now();
    await send(id);
    await until(() => heard.includes(id));
    assert.ok(Date.now() - sent < 400, "sooner than the next poll");
    await sleep(700);
    assert.equal(heard.length, 2);
    await work.stop();
  });

  it("sends nothing from a transaction that is rolled back", async () => {
    const [never, later] = [randomUUID(), randomUUID()];
    const failed = ledger.transaction(async (tx) => {
      await queue.send(tx, never);
      throw new Error("no");
    });
    await assert.rejects(failed);
    await send(later);
    const heard: string[] = [];
    const work = queue.work(async (id) => void heard.push(id), { concurrency: 4 });
    await until(() => heard.includes(later));
    await sleep(100);
    assert.deepEqual(heard, [later]);
    await work.stop();
  });

  it("keeps what is for later until then", async () => {
    const heard: { id: string; at: number }[] = [];
    const work = queue.work(async (id) => void heard.push({ id, at: Date.now() }), { concurrency: 4 });
    const at = Date.now() + 1000;
    await send(randomUUID(), new Date(at));
    await send(randomUUID(), new Date(Date.now() - 1000));
    await until(() => heard.length === 2);
    assert.ok(heard[1]!.at >= at - 5);
    assert.ok(heard[1]!.at < at + 900);
    await work.stop();
  });

  it("runs no more at once than there is room for, but tells an operation under way at once", async () => {
    const [busy, waiting] = [randomUUID(), randomUUID()];
    const heard: string[] = [];
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const work = queue.work(
      async (id) => {
        heard.push(id);
        if (heard.filter((one) => one === id).length === 1) await released;
      },
      { concurrency: 1 },
    );
    await send(busy);
    await until(() => heard.length === 1);
    await send(waiting);
    await sleep(100);
    assert.deepEqual(heard, [busy]);
    await send(busy);
    await until(() => heard.length === 2);
    assert.deepEqual(heard, [busy, busy]);
    release();
    await until(() => heard.includes(waiting));
    await work.stop();
  });

  it("shares the work between processes, nothing lost", async () => {
    const other = await openBooks(url);
    const heard: string[] = [];
    const handle = async (id: string) => {
      heard.push(id);
      await sleep(2);
    };
    const works = [queue.work(handle, { concurrency: 3 }), other.queue.work(handle, { concurrency: 3 })];
    const ids = Array.from({ length: 40 }, () => randomUUID());
    await Promise.all(ids.map((id) => send(id)));
    // One announced while its handler runs is told to it again, which is harmless.
    await until(() => new Set(heard).size === 40);
    assert.ok(heard.length < 80);
    await Promise.all(works.map((work) => work.stop()));
    await other.close();
  });

  it("goes on after its connections were cut, and after a handler failed", async () => {
    const heard: string[] = [];
    const work = queue.work(
      async (id) => {
        heard.push(id);
        throw new Error("a handler's own trouble");
      },
      { concurrency: 2 },
    );
    await sleep(100);
    const admin = new pg.Client(url);
    await admin.connect();
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await admin.end();
    const id = randomUUID();
    for (let sent = false; !sent; await sleep(50))
      sent = await send(id).then(
        () => true,
        () => false,
      );
    await until(() => heard.includes(id), 10_000);
    const again = randomUUID();
    await send(again);
    await until(() => heard.includes(again));
    await work.stop();
  });
});
