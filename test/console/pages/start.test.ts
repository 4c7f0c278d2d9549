import assert from "node:assert/strict";
import fc from "fast-check";
import { newRollout, policySchema, defaultPolicy } from "../../../model/policy.ts";
import { newRelease } from "../../../model/release.ts";
import { newTenant, tenantId } from "../../../model/tenant.ts";
import { daysOf } from "../../../console/src/pages/calendar/days.ts";
import { draftOf, policyOf } from "../../../console/src/pages/policy/draft.ts";
import { idFrom } from "../../../console/src/pages/start/idFrom.ts";
import { emptyRelease, releaseOf } from "../../../console/src/pages/start/releaseDraft.ts";
import { recreates, rolloutOf } from "../../../console/src/pages/start/rolloutDraft.ts";
import { flagsOf, mergePatch, pairsOf } from "../../../console/src/forms/pairs.ts";
import { faultAt, faultsOf } from "../../../console/src/forms/validate.ts";
import { found } from "../../../console/src/shell/targets.ts";

describe("an id made from a name", () => {
  for (const [name, id] of [
    ["Acme Ltd", "acme-ltd"],
    ["Müller & Söhne", "muller-sohne"],
    ["  3M Company ", "m-company"],
    ["Straße", "strasse"],
    ["", ""],
  ] as const)
    it(`is ${id || "empty"} for ${JSON.stringify(name)}`, () => assert.equal(idFrom(name), id));

  it("is one that the API takes, or empty", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 80 }),
        (name) => idFrom(name) === "" || tenantId.safeParse(idFrom(name)).success,
      ),
    );
  });
});

describe("forms", () => {
  it("say at its field what the API would say", () => {
    const faults = faultsOf(newTenant, { id: "Acme", name: "", release: "1", config: { "a b": "x" } });
    assert.match(faultAt(faults, "/id")!, /DNS label/);
    assert.match(faultAt(faults, "/name")!, /empty/);
    assert.ok(faultAt(faults, "/config"));
    assert.equal(faultAt(faults, "/release"), undefined);
  });

  it("read flags as what they are, and patch what differs", () => {
    assert.deepEqual(
      flagsOf([
        { name: "a", value: "true" },
        { name: "b", value: "3" },
        { name: "c", value: "03" },
        { name: "", value: "" },
      ]),
      { a: true, b: 3, c: "03" },
    );
    assert.equal(mergePatch({ a: 1 }, { a: 1 }), undefined);
    assert.deepEqual(mergePatch<unknown>({ a: 1, b: 2 }, { b: 3 }), { a: null, b: 3 });
    assert.deepEqual(flagsOf(pairsOf({ x: false, y: 1.5, z: "t" })), { x: false, y: 1.5, z: "t" });
  });

  it("send of a rollout only what was said", () => {
    const empty = {
      tenant: "t",
      release: "2.0.0",
      strategy: "" as const,
      steps: "",
      bakeSeconds: "",
      holdSeconds: "",
      beforeTraffic: false,
      beforeFull: false,
      reason: " ",
      override: "",
    };
    assert.deepEqual(rolloutOf(empty), { release: "2.0.0" });
    const full = rolloutOf({
      ...empty,
      strategy: "recreate",
      steps: "10 %, 50 100",
      bakeSeconds: "5",
      beforeFull: true,
      reason: "why",
      override: "must",
    });
    assert.deepEqual(newRollout.parse(full), {
      release: "2.0.0",
      strategy: "recreate",
      steps: [10, 50, 100],
      bakeSeconds: 5,
      gates: ["before-full"],
      reason: "why",
      override: { reason: "must" },
    });
  });

  it("say that nobody will be served, by strategy, policy or migration", () => {
    const [bluegreen, recreate] = [{ strategy: "blue-green" }, { strategy: "recreate" }];
    assert.deepEqual(
      [
        recreates("", undefined, undefined),
        recreates("", bluegreen, { migration: { compatible: true } }),
        recreates("", recreate, {}),
        recreates("blue-green", recreate, {}),
        recreates("blue-green", bluegreen, { migration: { compatible: false } }),
      ],
      [false, false, true, false, true],
    );
  });

  it("send of a release what it keeps and how it migrates", () => {
    const draft = { ...emptyRelease, version: "1.0.0", image: "teal/app:1.0.0" };
    const { volume, migration } = newRelease.parse(releaseOf(draft));
    assert.deepEqual([volume, migration], [undefined, undefined]);
    const full = newRelease.parse(
      releaseOf({ ...draft, volume: "/data", migration: "compatible", migrate: " migrate  --all" }),
    );
    assert.deepEqual(full.volume, { path: "/data" });
    assert.deepEqual(full.migration, { compatible: true, command: ["migrate", "--all"] });
    assert.ok(faultAt(faultsOf(newRelease, releaseOf({ ...draft, volume: "data" })), "/volume/path"));
  });

  it("have a field for everything that a policy holds", () =>
    assert.deepEqual(draftOf(defaultPolicy("production")).others, {}));

  it("give a policy back as it was", () => {
    const policy = {
      ...defaultPolicy("production"),
      maxErrorRate: 0.07,
      analysis: [{ name: "slow", metric: "p95" as const, max: 0.8 }],
    };
    assert.deepEqual(policySchema.parse(policyOf(draftOf(policy))), policy);
    assert.equal(policySchema.safeParse(policyOf({ ...draftOf(policy), analysis: "[" })).success, false);
  });
});

describe("the palette", () => {
  const rows = [
    { id: "acme", name: "Acme", hostnames: ["shop.example.com"], release: "1.0.0" },
    { id: "globex", name: "Globex", release: null },
  ];
  const names = (text: string) => found(text, "production", rows, [{ version: "2.0.0" }]).map(({ name }) => name);

  it("finds tenants by id, name and host name, releases and pages; what begins with it first", () => {
    assert.deepEqual(names("acm"), ["Acme"]);
    assert.deepEqual(names("shop"), ["Acme"]);
    assert.deepEqual(names("2.0"), ["2.0.0"]);
    assert.deepEqual(names("a").slice(0, 2), ["Activity", "Acme"]);
    assert.deepEqual(names("nothing like it"), []);
    assert.equal(found("glob", "production", rows, [])[0]?.id, "/environments/production/tenants/globex");
  });
});

describe("the calendar", () => {
  it("has each item on the day on which it begins, what has begun today", () => {
    const from = new Date(2026, 2, 3, 12);
    const span = (begin: Date, end: Date) => ({
      what: "freeze" as const,
      id: "f",
      reason: "r",
      by: "b",
      from: begin.toISOString(),
      to: end.toISOString(),
    });
    const days = daysOf(
      [span(new Date(2026, 2, 5, 8), new Date(2026, 2, 6)), span(new Date(2026, 1, 1), new Date(2026, 2, 9))],
      from,
    );
    assert.deepEqual(
      days.map(({ at, items }) => [at.getDate(), items.length]),
      [
        [3, 1],
        [5, 1],
      ],
    );
  });
});
