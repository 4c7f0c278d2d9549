import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import pino from "pino";
import { sql } from "kysely";
import { startPublishing } from "../../automation/aws/deployments/publish.ts";
import { dynamoTable, type DeploymentTable } from "../../automation/aws/deployments/table.ts";
import { readLag } from "../../automation/ledger/deployments/changes.ts";
import { readDeployment } from "../../automation/ledger/deployments/read.ts";
import { because, call, openHarness, provisioned, run, tenant, type Harness } from "../../test/automation/harness.ts";
import { seedFleet } from "../../test/automation/seed.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startProxy, type Proxy } from "../support/proxy.ts";
import { itemsOf, makeTable, type Item } from "./ground.ts";

const production = "production";
const throttled = { status: 400, code: "ProvisionedThroughputExceededException", as: "json" } as const;

describe("deployments in DynamoDB", () => {
  let moto: Moto;
  let throttle: Proxy;
  let harness: Harness;
  let table: string;
  let tables = 0;
  const started: { stop(): Promise<void> }[] = [];
  before(async () => {
    moto = await startMoto();
    throttle = await startProxy(moto.client.endpoint);
  });
  after(async () => {
    await throttle.close();
    await moto.stop();
  });
  beforeEach(async () => {
    harness = await openHarness();
    table = `deployments-${++tables}`;
    await makeTable(moto.client, table);
  });
  afterEach(async () => {
    await stop();
    throttle.refuse(0, throttled);
    await harness.close();
  });

  const tableAt = (maxAttempts = 4): DeploymentTable =>
    dynamoTable(table, new DynamoDBClient({ ...moto.client, endpoint: throttle.endpoint, maxAttempts }));
  const start = (to: DeploymentTable = tableAt()) => {
    const publishing = startPublishing({ ledger: harness.ledger, table: to, log: pino({ level: "silent" }) });
    started.push({
      async stop() {
        await publishing.stop();
        to.close();
      },
    });
  };
  const stop = async () => {
    await Promise.all(started.splice(0).map((one) => one.stop()));
  };
  const items = () => itemsOf(moto.client, table, production);
  const item = async (id: string): Promise<Item | undefined> => (await items()).find((one) => one["tenant"] === id);
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await pause(50);
    }
  };
  /** All of it is written. */
  const settled = () =>
    until(async () => {
      const lag = await harness.ledger.read((db) => readLag(db, table));
      const { rows } = await sql<{ behind: boolean }>`
        select (select max(id) from teal.events) > cursor as behind from teal.deployment_feeds where name = ${table}`.execute(
        await harness.ledger.read(async (db) => db),
      );
      return lag?.waiting === 0 && rows[0]?.behind === false ? true : undefined;
    });
  const rollout = (id: string) => harness.automation.tenants.rollout(production, id, { release: "2.0.0" }, call);
  /** As if so much time had passed that a dead worker's lease has run out. */
  const leasesRunOut = async () =>
    sql`update teal.deployment_changes set lease_until = now() - interval '1 second'`.execute(
      await harness.ledger.read(async (db) => db),
    );

  it("are all there after the first start, and follow what operations do", async () => {
    await provisioned(harness, tenant("acme"), tenant("beta"));
    start();
    await settled();
    assert.deepEqual(
      (await items()).map((one) => [one["tenant"], one["release"], one["color"], one["weights"]]),
      ["acme", "beta"].map((id) => [id, "1.0.0", "blue", { blue: 100, green: 0 }]),
    );
    const { id } = await rollout("acme");
    await run(harness.ledger, id, "holding");
    await settled();
    const during = await item("acme");
    assert.deepEqual(during!["weights"], { blue: 0, green: 100 });
    const { createdAt, ...operation } = during!["operation"] as Item;
    assert.match(String(createdAt), /^\d{4}-.*Z$/);
    assert.deepEqual(operation, {
      ...{ id, kind: "rollout", state: "running", phase: "holding", release: "2.0.0", actor: "alice" },
    });
    await harness.ledger.releaseLeasesOf("test");
    await run(harness.ledger, id);
    await settled();
    const after = await item("acme");
    assert.deepEqual([after!["release"], after!["color"], after!["operation"]], ["2.0.0", "green", undefined]);
    assert.deepEqual(
      [(after!["lastOutcome"] as Item)["id"], (after!["lastOutcome"] as Item)["state"]],
      [id, "succeeded"],
    );
  });

  it("of a tenant that is gone say so, and expire", async () => {
    await provisioned(harness, tenant("acme"));
    start();
    await settled();
    const { id } = await harness.automation.tenants.offboard(production, "acme", { graceSeconds: 0 }, because);
    await run(harness.ledger, id);
    await settled();
    const gone = await item("acme");
    const at = Date.parse(String(gone!["offboardedAt"])) / 1000;
    assert.equal(gone!["expiresAt"], Math.floor(at) + 30 * 86_400);
  });

  it("hold no secret and no config", async () => {
    await provisioned(harness, tenant("acme", { config: { PLACE: "hunter1" }, secrets: { KEY: "hunter2" } }));
    start();
    await settled();
    assert.doesNotMatch(JSON.stringify(await items()), /hunter/);
  });

  it("keep nobody waiting while AWS refuses, and come to be right once it doesn't", async () => {
    await provisioned(harness, tenant("acme"), tenant("beta"));
    start(tableAt(2));
    await settled();
    throttle.refuse(6, throttled);
    const { id } = await rollout("acme");
    await run(harness.ledger, id);
    const operation = await harness.automation.operations.get(id);
    assert.equal(operation.state, "succeeded", "it did not wait for the table");
    await settled();
    assert.equal(throttle.refused, 6);
    assert.deepEqual([(await item("acme"))!["release"], (await item("beta"))!["release"]], ["2.0.0", "1.0.0"]);
  });

  for (const at of ["before", "after"]) {
    it(`are right though whoever wrote was killed ${at} its write`, async () => {
      await provisioned(harness, tenant("acme"));
      const script = join(import.meta.dirname, "publisherChild.ts");
      const env = { ...process.env, ...moto.env };
      for (let killed = 0; killed < 2; killed += 1) {
        const child = spawn(process.execPath, [script, harness.url, table, at], {
          env,
          stdio: ["ignore", "pipe", "inherit"],
        });
        await once(child.stdout, "data");
        child.kill("SIGKILL");
        await once(child, "exit");
        assert.equal((await items()).length, at === "before" ? 0 : 1);
        const lag = await harness.ledger.read((db) => readLag(db, table));
        assert.equal(lag?.waiting, 1, "it stays to be written");
        await leasesRunOut();
      }
      const { id } = await rollout("acme");
      await run(harness.ledger, id);
      start();
      await settled();
      assert.equal((await item("acme"))!["release"], "2.0.0");
    });
  }

  it("never go back to an older state, whoever comes late; the same again does no harm", async () => {
    await provisioned(harness, tenant("acme"));
    const to = tableAt();
    const read = () => harness.ledger.read((db) => readDeployment(db, { environment: production, tenant: "acme" }));
    const old = await read();
    const { id } = await rollout("acme");
    await run(harness.ledger, id);
    const now = await read();
    assert.ok(now!.seq > old!.seq);
    assert.equal(await to.write(now!), "written");
    assert.equal(await to.write(now!), "written");
    assert.equal(await to.write(old!), "newer");
    assert.equal((await item("acme"))!["release"], "2.0.0");
    to.close();
  });

  it("are in the order of the ledger for whoever looks on, with two workers and many changes", async () => {
    const ids = ["one", "two", "three"];
    await provisioned(harness, ...ids.map((id) => tenant(id)));
    const written: { tenant: string; seq: number }[] = [];
    const watched = (): DeploymentTable => {
      const to = tableAt();
      return {
        ...to,
        async write(deployment) {
          const result = await to.write(deployment);
          if (result === "written") written.push({ tenant: deployment.tenant, seq: deployment.seq });
          return result;
        },
      };
    };
    start(watched());
    start(watched());
    for (const id of ids) await run(harness.ledger, (await rollout(id)).id);
    await settled();
    for (const id of ids) {
      const seqs = written.filter(({ tenant }) => tenant === id).map(({ seq }) => seq);
      assert.deepEqual(
        seqs,
        seqs.toSorted((a, b) => a - b),
      );
      assert.equal((await item(id))!["release"], "2.0.0");
    }
  });

  it("of many tenants are written at the first start, and how far that has come can be seen", async () => {
    await seedFleet(harness.ledger, { environment: production, tenants: 300 });
    start();
    const most = await until(async () => (await harness.ledger.read((db) => readLag(db, table))) ?? undefined);
    assert.ok(most.waiting > 0 && most.oldest !== null);
    await settled();
    assert.equal((await items()).length, 300);
  });
});
