import assert from "node:assert/strict";
import fc from "fast-check";
import { readBooks } from "../../../automation/certificates/facts.ts";
import { listEvents } from "../../../automation/ledger/events/list.ts";
import { TealError } from "../../../model/errors.ts";
import { openHarness, type Harness } from "../harness.ts";
import { Crash, FakeProvider } from "./fakeProvider.ts";
import { addTenant, clear, environment, once, own, removeTenant, setupOf } from "./ground.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

describe("certificates: reconciling", function () {
  this.timeout(120_000);
  let harness: Harness;
  let provider: FakeProvider;
  before(async () => {
    harness = await openHarness();
  });
  after(() => harness.close());
  beforeEach(async () => {
    await clear(harness.ledger);
    provider = new FakeProvider();
  });

  const rows = async () => (await harness.ledger.read((db) => readBooks(db, { environment, domain: "own.test" }))).rows;
  const settle = async (setup = setupOf(provider)) => {
    for (let i = 0; i < 10; i++) {
      await once(harness.ledger, setup, provider);
      provider.now += minute;
    }
  };

  it("asks for a tenant's own name and for a custom domain apart, and shares once the record has been seen", async () => {
    await addTenant(harness.ledger, "acme", ["shop.acme.example"]);
    await settle();
    assert.deepEqual([...provider.served()], [own("acme")]);
    const waiting = (await rows()).find(({ state }) => state === "requested");
    assert.deepEqual(waiting?.names, ["shop.acme.example"]);
    assert.equal(waiting?.validations[0]?.record?.name, "_x.shop.acme.example");
    provider.records.add("shop.acme.example");
    provider.now += day;
    await settle();
    assert.deepEqual([...provider.served()].sort(), [own("acme"), "shop.acme.example"].sort());
  });

  it("leaves nothing behind when all tenants have gone", async () => {
    await addTenant(harness.ledger, "acme", ["shop.acme.example"]);
    provider.records.add("shop.acme.example");
    await settle();
    await removeTenant(harness.ledger, "acme");
    await settle();
    assert.equal(provider.held.size, 0);
    assert.deepEqual(await rows(), []);
  });

  it("takes what was done by hand for what is so: what is detached comes back, what is gone is asked for anew", async () => {
    await addTenant(harness.ledger, "acme");
    await settle();
    const [reference] = [...provider.held.keys()];
    provider.held.get(reference!)!.listener = null;
    await settle();
    assert.ok(provider.served().has(own("acme")));
    provider.held.delete([...provider.held.keys()][0]!);
    provider.now += 2 * 60 * minute;
    await settle();
    provider.now += 2 * 60 * minute;
    await settle();
    assert.ok(provider.served().has(own("acme")));
    const events = await harness.ledger.read((db) => listEvents(db, { environment }, 0, 1000));
    assert.ok(events.some(({ type }) => type === "certificate_failed"));
    assert.ok(events.some(({ type }) => type === "certificate_issued"));
  });

  it("renews before the end, and serves all the while", async () => {
    await addTenant(harness.ledger, "acme");
    await settle();
    const first = [...provider.held.keys()];
    for (let i = 0; i < 34; i++) {
      provider.now += 3 * day;
      await once(harness.ledger, setupOf(provider), provider);
      assert.ok(provider.served().has(own("acme")), `day ${3 * i}`);
    }
    assert.notDeepEqual([...provider.held.keys()], first);
  });

  it("has one refused request hold up no other, and asks again after a while", async () => {
    await addTenant(harness.ledger, "acme", ["refused.example"]);
    provider.records.add("refused.example");
    const refused: string[] = [];
    let refusing = true;
    const request = provider.request.bind(provider);
    provider.request = async (asked) => {
      if (!refusing || !asked.names.includes("refused.example")) return request(asked);
      refused.push(asked.names.join());
      throw new TealError("certificate_refused", "Not a name that anybody may have.");
    };
    await settle();
    assert.ok(provider.served().has(own("acme")));
    assert.equal(refused.length, 1);
    const failed = (await rows()).find(({ state }) => state === "failed");
    assert.equal(failed?.failure, "Not a name that anybody may have.");
    refusing = false;
    provider.now += 61 * minute;
    await settle();
    assert.ok(provider.served().has("refused.example"));
  });

  it("does the rest where one thing goes wrong, and says what did", async () => {
    for (const id of ["a", "b", "c"]) await addTenant(harness.ledger, id, [`${id}.example`]);
    for (const id of ["a", "b", "c"]) provider.records.add(`${id}.example`);
    let wrong = 0;
    provider.at = (moment, call) => {
      if (moment === "before" && call.startsWith("describe production-") && wrong++ === 0) throw new Error("throttled");
    };
    await assert.rejects(settle(), /throttled/);
    await settle();
    assert.equal(provider.served().size, 6);
  });

  it("keeps every name served that ever was, wherever the process dies", async () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e", "f");
    const change = fc.oneof(
      fc.record({ do: fc.constant("add" as const), name, custom: fc.boolean(), record: fc.boolean() }),
      fc.record({ do: fc.constant("remove" as const), name }),
      fc.record({ do: fc.constant("pass" as const), minutes: fc.constantFrom(1, 10, 90, 24 * 60, 40 * 24 * 60) }),
    );
    const crashes = fc.array(fc.nat(12), { maxLength: 12 });
    const quotas = { namesPerCertificate: 3, certificatesPerListener: 8 };
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 3, maxLength: 14 }), crashes, async (changes, deaths) => {
        await clear(harness.ledger);
        provider = new FakeProvider();
        const setup = setupOf(provider, quotas);
        const wanted = new Map<string, string[]>();
        const everServed = new Set<string>();
        // Looked at after every single effect.
        const check = (): void => {
          const served = provider.served();
          const all = [...wanted.values()].flat();
          for (const one of all) {
            if (served.has(one)) everServed.add(one);
            else assert.ok(!everServed.has(one), `${one} was served, and is no more`);
          }
        };
        let until = deaths.shift() ?? Infinity;
        provider.at = (moment) => {
          if (moment === "after") check();
          if (until-- === 0) {
            until = deaths.shift() ?? Infinity;
            provider.dead = true;
            throw new Crash();
          }
        };
        const work = async (): Promise<void> => {
          for (let i = 0; i < 4; i++) {
            await once(harness.ledger, setup, provider).catch((error: unknown) => {
              if (!(error instanceof Crash)) throw error;
            });
            provider.dead = false;
            provider.now += minute;
          }
        };
        for (const one of changes) {
          if (one.do === "add" && !wanted.has(one.name)) {
            const custom = one.custom ? [`${one.name}.custom.example`] : [];
            if (one.record) for (const hostname of custom) provider.records.add(hostname);
            await addTenant(harness.ledger, one.name, custom);
            wanted.set(one.name, [own(one.name), ...custom]);
          } else if (one.do === "remove" && wanted.has(one.name)) {
            await removeTenant(harness.ledger, one.name);
            for (const hostname of wanted.get(one.name)!) {
              everServed.delete(hostname);
              provider.records.delete(hostname);
            }
            wanted.delete(one.name);
          } else if (one.do === "pass") {
            // No longer than a certificate has when it is replaced: Teal is there at least that often.
            for (let left = one.minutes; left > 0; left -= 10 * 24 * 60) {
              provider.now += Math.min(left, 10 * 24 * 60) * minute;
              await work();
            }
          }
          await work();
        }
        provider.at = check;
        for (let i = 0; i < 8; i++) {
          await once(harness.ledger, setup, provider);
          provider.now += 30 * minute;
        }
        for (const one of [...wanted.values()].flat()) {
          if (provider.isOwn(one, environment) || provider.records.has(one)) assert.ok(provider.served().has(one), one);
        }
        // The provider has nothing that the ledger doesn't know.
        const known = new Set((await rows()).map(({ reference }) => reference));
        for (const reference of provider.held.keys()) assert.ok(known.has(reference), `${reference} is nobody's`);
      }),
      { numRuns: 12 },
    );
  });
});
