import assert from "node:assert/strict";
import fc from "fast-check";
import { planCertificates } from "../../../../tenant/plan/certificates/plan.ts";
import { certificateQuotas, roomOf, type CertificateQuotas } from "../../../../tenant/plan/certificates/quotas.ts";
import { day, times, World } from "./world.ts";

const quotas = fc
  .record({
    namesPerCertificate: fc.integer({ min: 1, max: 7 }),
    certificatesPerListener: fc.integer({ min: 2, max: 9 }),
    listeners: fc.integer({ min: 2, max: 3 }),
  })
  .filter((q) => certificateQuotas.safeParse(q).success);
const number = fc.integer({ min: 0, max: 59 });
const hostname = fc.oneof(
  number.map((n) => `t${n}.own.test`),
  number.map((n) => `shop${n}.example.com`),
);
type Command =
  | { do: "add" | "remove" | "make record" | "lose record"; hostname: string }
  | { do: "crash after"; steps: number }
  | { do: "pass"; milliseconds: number }
  | { do: "settle" };
const onName = (...kinds: ("add" | "remove" | "make record" | "lose record")[]) =>
  fc.record({ do: fc.constantFrom(...kinds), hostname });
const passing = fc.record({
  do: fc.constant("pass" as const),
  milliseconds: fc.constantFrom(1, times.overlap, times.patience, times.retry, day),
});
const crash = fc.record({ do: fc.constant("crash after" as const), steps: fc.integer({ min: 0, max: 4 }) });
const settling = fc.constant({ do: "settle" as const });
/** Everything that happens; names mostly come, so that quotas are reached. */
const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: onName("add") },
    { weight: 2, arbitrary: onName("remove", "make record", "lose record") },
    { weight: 2, arbitrary: fc.oneof(passing, crash, settling) },
  ),
  { maxLength: 150, size: "max" },
);

function act(world: World, command: Command): void {
  switch (command.do) {
    case "add":
      return world.add(command.hostname);
    case "remove":
      return world.remove(command.hostname);
    case "make record":
      return void world.records.add(command.hostname);
    case "lose record":
      return void world.records.delete(command.hostname);
    case "crash after":
      return void world.carryOut(command.steps);
    case "pass":
      world.pass(command.milliseconds);
      return void world.carryOut();
    case "settle":
      return void world.settle();
  }
}

/** Fails as soon as a step takes a name's certificate away or goes beyond a quota. */
function watch(world: World): void {
  let before = world.covered();
  world.onStep = (step) => {
    const now = world.covered();
    for (const name of before)
      assert(now.has(name) || !world.wanted.has(name), `${JSON.stringify(step)} uncovers ${name}`);
    before = now;
    if (step.do === "detach") expectOverlap(world, step.certificate);
    expectWithin(world, world.quotas);
  };
  const pass = world.pass.bind(world);
  world.pass = (milliseconds) => {
    pass(milliseconds);
    before = world.covered();
  };
}

/** What a certificate that still served is replaced by has served for long enough for everybody to have noticed. */
function expectOverlap(world: World, detached: string): void {
  const { names, expiresAt } = world.certificates.get(detached)!;
  if (expiresAt! <= world.now) return;
  const others = [...world.certificates.values()].filter(
    (one) => one.attached && one.expiresAt! > world.now && one.attached.at + times.overlap <= world.now,
  );
  for (const name of names)
    assert(!world.wanted.has(name) || others.some((one) => one.names.includes(name)), `${name} had no overlap`);
}

function expectWithin(
  world: World,
  { namesPerCertificate, certificatesPerListener, listeners }: CertificateQuotas,
): void {
  const used = new Map<number, number>();
  for (const { names, attached } of world.certificates.values()) {
    assert(names.length > 0 && names.length <= namesPerCertificate, `${names.length} names on one certificate`);
    assert.equal(new Set(names).size, names.length);
    if (attached) used.set(attached.listener, (used.get(attached.listener) ?? 0) + 1);
  }
  for (const [listener, count] of used) {
    assert(listener < listeners, `listener ${listener} of ${listeners}`);
    assert(count <= certificatesPerListener, `${count} certificates on listener ${listener}`);
  }
}

function least(world: World): number {
  const good = [...world.wanted.values()].filter((apart) => !apart).length;
  return Math.ceil(good / world.quotas.namesPerCertificate);
}

const attachedOf = (world: World): number => [...world.certificates.values()].filter((one) => one.attached).length;
/** Names that are kept apart while an old certificate still serves them, which none of the others may share. */
const servedApart = (world: World): number =>
  [...world.covered()].filter((name) => world.wanted.get(name) === true).length;
const reliable = (world: World, name: string): boolean => world.isOwn(name) || world.records.has(name);

describe("The plan of certificates", () => {
  it("takes no name's certificate away and stays within the quotas, step by step, whatever happens", () => {
    fc.assert(
      fc.property(quotas, commands, (quota, happenings) => {
        const world = new World(quota);
        watch(world);
        for (const command of happenings) act(world, command);
        world.settle();
      }),
      { numRuns: 300 },
    );
  });

  it("settles within one certificate of the least possible, with every name that there is room for, and then rests", () => {
    fc.assert(
      fc.property(quotas, commands, (quota, happenings) => {
        const world = new World(quota);
        for (const command of happenings) if (command.do !== "lose record") act(world, command);
        world.settle();
        // What had failed before its record was made is asked for again.
        world.pass(times.retry);
        world.settle();
        const { steps, overQuota } = world.plan();
        assert.deepEqual(steps, []);
        const covered = world.covered();
        for (const name of world.wanted.keys())
          if (reliable(world, name))
            assert(covered.has(name) || overQuota.includes(name), `${name} has no certificate`);
        // A name that comes back may find a certificate that still has it, beyond what there is room for.
        const kept = servedApart(world);
        if (overQuota.length > 0) assert(covered.size >= roomOf(quota) - kept * quota.namesPerCertificate);
        else
          assert(
            attachedOf(world) <= least(world) + 1 + kept,
            `${attachedOf(world)} certificates, at least ${least(world)}`,
          );
      }),
      { numRuns: 300 },
    );
  });

  it("asks for at most three certificates, and for no more than two full ones' served names, when one name comes or goes", () => {
    fc.assert(
      fc.property(
        quotas,
        fc.array(onName("add", "remove", "make record"), { maxLength: 200, size: "max" }),
        (quota, changes) => {
          const world = new World({ ...quota, certificatesPerListener: 200 });
          for (const change of changes) {
            const { requests, reissued } = world;
            act(world, change);
            world.settle();
            assert(world.requests - requests <= 3, `${world.requests - requests} requests`);
            assert(world.reissued - reissued <= 2 * quota.namesPerCertificate, `${world.reissued - reissued} names`);
            assert(attachedOf(world) <= least(world) + 1);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("asks for no more than that either when many go, one after the other, from wherever they are", () => {
    const many = Array.from({ length: 150 }, (_, i) => `t${i}.own.test`);
    fc.assert(
      fc.property(fc.shuffledSubarray(many, { minLength: 140 }), (leaving) => {
        const world = new World({ namesPerCertificate: 10, certificatesPerListener: 50, listeners: 1 });
        for (const name of many) world.add(name);
        world.settle();
        for (const name of leaving) {
          const { requests, reissued } = world;
          world.remove(name);
          world.settle();
          assert(world.requests - requests <= 3, `${world.requests - requests} requests`);
          assert(world.reissued - reissued <= 20, `${world.reissued - reissued} names`);
          assert(attachedOf(world) <= least(world) + 1);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("says the same of the same facts, in whatever order certificates are listed", () => {
    fc.assert(
      fc.property(quotas, commands, (quota, happenings) => {
        const world = new World(quota);
        for (const command of happenings) act(world, command);
        const facts = {
          wanted: [...world.wanted].map(([name, apart]) => ({ hostname: name, apart })),
          certificates: [...world.certificates.values()],
          quotas: quota,
          times,
          isOwn: world.isOwn,
          now: world.now,
        };
        const before = structuredClone({ ...facts, quotas: { ...quota }, isOwn: null });
        const plan = planCertificates(facts);
        assert.deepEqual(planCertificates({ ...facts, certificates: facts.certificates.toReversed() }), plan);
        assert.deepEqual({ ...facts, quotas: { ...quota }, isOwn: null }, before, "the facts are left as they were");
      }),
      { numRuns: 100 },
    );
  });

  it("renews in time: a name whose record stands is never without, over years of comings and goings", () => {
    fc.assert(
      fc.property(
        quotas,
        fc.array(onName("add", "remove", "make record", "lose record"), { maxLength: 60, size: "max" }),
        (quota, changes) => {
          // Room for all: names that are over the quota have none.
          const world = new World({ ...quota, certificatesPerListener: 200 });
          watch(world);
          const served = new Set<string>();
          for (const change of changes) {
            act(world, change);
            if (change.do === "remove" || change.do === "lose record") served.delete(change.hostname);
            for (let hours = 0; hours < 20 * 24; hours += 24) {
              world.settle();
              world.pass(day);
              const covered = world.covered();
              for (const name of served) assert(covered.has(name), `${name} is without a certificate`);
              for (const name of covered) if (reliable(world, name)) served.add(name);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("A custom domain whose owner makes no record", () => {
  const world = () => new World({ namesPerCertificate: 4, certificatesPerListener: 10, listeners: 1 });

  it("waits by itself", () => {
    const one = world();
    one.add("shop.example.com");
    one.add("a.own.test");
    one.settle();
    one.add("b.own.test");
    one.settle();
    assert.deepEqual([...one.covered()].sort(), ["a.own.test", "b.own.test"]);
    assert.deepEqual([...one.certificates.values()].find((c) => c.state === "requested")?.names, ["shop.example.com"]);
  });

  it("is asked for again after it has failed, not before", () => {
    const one = world();
    one.add("shop.example.com");
    one.settle();
    one.pass(4 * day);
    assert.equal([...one.certificates.values()][0]?.state, "failed");
    assert.deepEqual(one.carryOut().steps, []);
    one.pass(times.retry);
    assert.deepEqual(one.carryOut().steps, [
      { do: "drop", certificate: "1" },
      { do: "request", names: ["shop.example.com"] },
    ]);
    one.records.add("shop.example.com");
    one.settle();
    assert(one.covered().has("shop.example.com"));
  });

  it("is taken out of the company of others, and keeps the certificate that it has, once its record is gone", () => {
    const one = world();
    for (const name of ["shop.example.com", "a.own.test", "b.own.test"]) one.add(name);
    one.records.add("shop.example.com");
    one.settle();
    one.add("c.own.test");
    one.settle();
    one.records.delete("shop.example.com");
    // All are due for renewal; the one without a record holds it up.
    for (let days = 0; days < 61; days++) {
      one.pass(day);
      one.settle();
    }
    const renewed = [...one.certificates.values()].filter(
      (c) => c.state === "issued" && c.expiresAt! > one.now + 60 * day,
    );
    assert.deepEqual(renewed.flatMap((c) => c.names).sort(), ["a.own.test", "b.own.test", "c.own.test"]);
    assert(one.covered().has("shop.example.com"), "its old certificate serves it until it ends");
    assert.equal(one.wanted.get("shop.example.com"), true);
    one.records.add("shop.example.com");
    one.pass(day);
    one.settle();
    assert.equal(one.wanted.get("shop.example.com"), false);
    assert(attachedOf(one) <= 2);
  });
});
