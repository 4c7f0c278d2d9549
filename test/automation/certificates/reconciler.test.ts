import assert from "node:assert/strict";
import pino from "pino";
import { startReconciler, waitAfter } from "../../../automation/certificates/reconciler.ts";
import { alone } from "../../../automation/ledger/certificates/alone.ts";
import { manageEnvironment, observeEnvironment } from "../../../automation/ledger/environments/observe.ts";
import { insertCertificate } from "../../../automation/ledger/certificates/write.ts";
import { appendEvents } from "../../../automation/ledger/events/append.ts";
import { openHarness, type Harness } from "../harness.ts";
import { FakeProvider } from "./fakeProvider.ts";
import { addTenant, environment, own, setupOf } from "./ground.ts";

describe("certificates: the reconciler", function () {
  this.timeout(60_000);
  let harness: Harness;
  let provider: FakeProvider;
  beforeEach(async () => {
    harness = await openHarness();
    provider = new FakeProvider();
    provider.now = Date.now();
  });
  afterEach(() => harness.close());

  const start = () => {
    const setup = setupOf(provider);
    // Nothing in these tests waits for the clock.
    const slow = { ...setup, pace: { ...setup.pace, every: 3_600_000, rest: 100 } };
    const log = pino({ level: "silent" });
    return startReconciler({ ledger: harness.ledger, setup: slow, domain: "own.test", log });
  };
  const until = async (holds: () => boolean | Promise<boolean>) => {
    for (let i = 0; i < 1200 && !(await holds()); i++) await new Promise((done) => setTimeout(done, 25));
    assert.ok(await holds());
  };
  const happen = () =>
    harness.ledger.transaction((tx) =>
      appendEvents(tx, [{ operation: null, environment, tenant: null, type: "accepted", message: "A tenant comes." }]),
    );

  it("is woken by what happens", async () => {
    const reconciler = start();
    await addTenant(harness.ledger, "acme");
    await happen();
    await until(() => provider.served().has(own("acme")));
    await addTenant(harness.ledger, "globex");
    await happen();
    await until(() => provider.served().has(own("globex")));
    await reconciler.stop();
  });

  it("is at few of many environments at once, as each holds a connection of the ledger's", async () => {
    const environments = [environment, ...Array.from({ length: 30 }, (_, i) => `e${i}`)];
    await addTenant(harness.ledger, "acme");
    let now = 0;
    let most = 0;
    const seen = new Set<string>();
    const busy =
      <T>(work: (of: string) => Promise<T>) =>
      async (of: string) => {
        seen.add(of);
        most = Math.max(most, ++now);
        await new Promise((done) => setTimeout(done, 20));
        now -= 1;
        return work(of);
      };
    const attached = provider.attached.bind(provider);
    provider.attached = busy(attached);
    await harness.ledger.transaction(async (tx) => {
      for (const of of environments) {
        await tx
          .insertInto("environments")
          .values({ name: of })
          .onConflict((there) => there.doNothing())
          .execute();
        await insertCertificate(tx, { environment: of, names: [`a.${of}.own.test`], provider: "fake", at: new Date() });
      }
    });
    const setup = { ...setupOf(provider), environments };
    const log = pino({ level: "silent" });
    const reconciler = startReconciler({ ledger: harness.ledger, setup, domain: "own.test", log });
    await until(() => seen.size === environments.length);
    await until(() => provider.served().has(own("acme")));
    assert.ok(most >= 2 && most <= 4, `${most} at once`);
    await reconciler.stop();
  });

  it("changes nothing in an environment that is only observed, and goes on when it is managed", async () => {
    await harness.ledger.transaction((tx) => observeEnvironment(tx, environment, "ada", "looking around"));
    await addTenant(harness.ledger, "acme");
    const reconciler = start();
    await happen();
    await new Promise((done) => setTimeout(done, 500));
    assert.deepEqual(provider.calls, []);
    await harness.ledger.transaction((tx) => manageEnvironment(tx, environment));
    await happen();
    await until(() => provider.served().has(own("acme")));
    await reconciler.stop();
  });

  it("leaves an environment alone that another process is at", async () => {
    let reconciler: ReturnType<typeof start> | undefined;
    await harness.ledger.read((db) =>
      alone(db, environment, async () => {
        assert.equal(await alone(db, environment, async () => "done twice"), null);
        assert.equal(await alone(db, "develop", async () => "done"), "done");
        await addTenant(harness.ledger, "acme");
        reconciler = start();
        await happen();
        await new Promise((done) => setTimeout(done, 500));
        assert.deepEqual(provider.calls, []);
      }),
    );
    await happen();
    await until(() => provider.served().has(own("acme")));
    await reconciler?.stop();
  });

  it("says what the provider's trouble is, waits it out, and takes it back", async () => {
    await addTenant(harness.ledger, "acme");
    let trouble = true;
    provider.at = (moment) => {
      if (trouble && moment === "before") throw new Error("The provider is away.");
    };
    const reconciler = start();
    const problem = async () =>
      (
        await harness.ledger.read((db) =>
          db.selectFrom("certificate_problems").select("message").where("environment", "=", environment).execute(),
        )
      )[0]?.message;
    await until(async () => (await problem()) === "The provider is away.");
    trouble = false;
    await until(() => provider.served().has(own("acme")));
    await until(async () => (await problem()) === undefined);
    await reconciler.stop();
  });

  it("waits longer and longer, and never all at once", () => {
    assert.deepEqual(
      [1, 2, 3, 20].map((n) => waitAfter(n, 0)),
      [1000, 2000, 4000, 300_000],
    );
    assert.deepEqual(
      [1, 2, 20].map((n) => waitAfter(n, 1)),
      [500, 1000, 150_000],
    );
  });
});
