import assert from "node:assert/strict";
import fc from "fast-check";
import { aliasUrns } from "../../engine/deploy/aliases.ts";
import { deletionRounds, dependents, transitiveDependencies } from "../../engine/deploy/dependencies.ts";
import { replaceOnChanges, replaces } from "../../engine/deploy/diffing.ts";
import { Snapshot } from "../../engine/deploy/snapshot.ts";
import { noDiff } from "../../engine/providers/provider.ts";
import type { Deployment } from "../../engine/state/deployment.ts";
import { loadResource, type ResourceState } from "../../engine/state/resource.ts";
import { makeUrn, urnName, urnType } from "../../engine/state/urn.ts";

const crypter = { encrypt: (text: string) => text, decrypt: (text: string) => text };
const state = (urn: string, more: object = {}): ResourceState =>
  loadResource({ urn, type: "a:b:C", custom: true, ...more } as never, crypter);

/** Random resources, each depending on some of those before it. */
const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 15 }).map((edges) =>
  edges.map((targets, i) =>
    state(`u${i}`, {
      dependencies: [...new Set(targets.filter((target) => target < i).map((target) => `u${target}`))],
    }),
  ),
);

describe("order", () => {
  it("deletes each resource once, and dependants before what they depend on", () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.boolean()), (all, chosen) => {
        const condemned = all.filter(() => chosen.next().value as boolean);
        const rounds = deletionRounds(condemned);
        assert.deepEqual(new Set(rounds.flat()), new Set(condemned));
        assert.equal(rounds.flat().length, condemned.length);
        const round = new Map(rounds.flatMap((states, i) => states.map((each) => [each.urn, i])));
        for (const each of condemned)
          for (const needed of each.dependencies)
            if (round.has(needed)) assert.ok(round.get(each.urn)! < round.get(needed)!);
      }),
    );
  });

  it("deletes a replaced resource no later than what it needed", () => {
    const [ns, old, fresh] = [
      state("ns"),
      state("x", { delete: true, dependencies: ["ns"] }),
      state("x", { dependencies: ["ns"] }),
    ];
    const rounds = deletionRounds([ns, old, fresh]);
    assert.deepEqual(rounds.at(-1), [ns]);
  });

  it("finds all dependents, and all dependencies", () => {
    fc.assert(
      fc.property(graphs, (all) => {
        const root = all[0]!;
        const found = new Set(dependents(all, root, () => false).map(({ urn }) => urn));
        for (const each of all) {
          const needs = transitiveDependencies(all, [each]).has(root.urn);
          assert.equal(found.has(each.urn), needs);
        }
      }),
    );
  });
});

describe("names", () => {
  const in_ = { stack: "s", project: "p" };
  it("of resources", () => {
    const parent = makeUrn(in_, makeUrn(in_, undefined, "pulumi:pulumi:Stack", "p-s"), "t:i:Slot", "blue");
    assert.equal(makeUrn(in_, parent, "k:a/v1:D", "x::y"), "urn:pulumi:s::p::t:i:Slot$k:a/v1:D::x::y");
    assert.equal(urnName("urn:pulumi:s::p::t:i:Slot$k:a/v1:D::x::y"), "x::y");
    assert.equal(urnType("urn:pulumi:s::p::t:i:Slot$k:a/v1:D::x::y"), "k:a/v1:D");
  });

  it("of children follow their parent's alias", () => {
    const parent = "urn:pulumi:s::p::t:i:Slot::verdant";
    const former = aliasUrns(
      { name: "verdant-svc", type: "k:v1:S", parent },
      [],
      in_,
      new Map([[parent, "urn:pulumi:s::p::t:i:Slot::green"]]),
    );
    assert.deepEqual(former, ["urn:pulumi:s::p::t:i:Slot$k:v1:S::green-svc"]);
    const renamed = aliasUrns(
      { name: "a", type: "k:v1:S", parent: "" },
      [{ name: "b", type: "", stack: "", project: "", parent: "" }],
      in_,
      new Map(),
    );
    assert.deepEqual(renamed, ["urn:pulumi:s::p::k:v1:S::b"]);
  });
});

describe("replaceOnChanges", () => {
  const diff = { ...noDiff, changes: true, detailed: { "spec.a": { kind: "update", inputDiff: false } } } as const;
  it("turns changes at its paths into replacements", () => {
    const judged = replaceOnChanges(diff, ["spec"], false);
    assert.equal(judged.detailed!["spec.a"]!.kind, "update-replace");
    assert.ok(replaces(judged));
    assert.ok(replaces(replaceOnChanges(diff, ["*"], false)));
    assert.ok(!replaces(replaceOnChanges(diff, ["data"], false)));
    const plain = { ...noDiff, changes: true, changedKeys: ["spec", "data"] };
    assert.deepEqual(replaceOnChanges(plain, ["spec"], false).replaceKeys, ["spec"]);
  });
  it("replaces what never became ready, where asked to", () => {
    assert.deepEqual(replaceOnChanges(noDiff, ["#initerror"], true).replaceKeys, ["#initerror"]);
    assert.deepEqual(replaceOnChanges(noDiff, ["*"], true).replaceKeys, ["#initerror"]);
    assert.ok(!replaces(replaceOnChanges(noDiff, ["*"], false)));
  });
});

describe("snapshot", () => {
  it("has intents on disk before they are acted on, and shares writes", async () => {
    const written: Deployment[] = [];
    let release: (() => void) | undefined;
    const write = async (deployment: Deployment) => {
      if (written.push(deployment) === 1) await new Promise<void>((resolve) => (release = resolve));
    };
    const old = state("old");
    const snapshot = new Snapshot([old], write);
    const begun = ["a", "b", "c", "d"].map((urn) => snapshot.begin(state(urn), "creating"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    release!();
    const ends = await Promise.all(begun);
    assert.ok(written.length <= 2);
    assert.deepEqual(
      written.at(-1)!.pendingOperations.map(({ resource }) => resource.urn),
      ["a", "b", "c", "d"],
    );
    for (const end of ends) end();
    snapshot.done(old);
    snapshot.add(state("new"));
    await snapshot.flush();
    assert.deepEqual(
      written.at(-1)!.resources.map(({ urn }) => urn),
      ["new"],
    );
    assert.deepEqual(written.at(-1)!.pendingOperations, []);
    const count = written.length;
    await snapshot.flush();
    assert.equal(written.length, count);
  });

  it("renames every mention of a resource found under an alias, and knows it by its new name", () => {
    const child = state("child", {
      parent: "green",
      dependencies: ["green"],
      propertyDependencies: { a: ["green"] },
      provider: "green::id",
    });
    const snapshot = new Snapshot([child], () => Promise.resolve());
    snapshot.rename("green", "verdant");
    assert.deepEqual(snapshot.current().resources, [child], "a name that nobody has yet");
    snapshot.add(state("verdant"));
    const renamed = snapshot.current().resources.find(({ urn }) => urn === "child");
    assert.deepEqual(
      [renamed!.parent, renamed!.dependencies, renamed!.propertyDependencies, renamed!.provider],
      ["verdant", ["verdant"], { a: ["verdant"] }, "verdant::id"],
    );
    snapshot.done(renamed!);
    assert.deepEqual(
      snapshot.current().resources.map(({ urn }) => urn),
      ["verdant"],
    );
  });
});
