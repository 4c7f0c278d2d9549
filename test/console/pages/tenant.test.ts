import assert from "node:assert/strict";
import type { Slot, StackResource, Tenant } from "../../../console/src/api/types.ts";
import { doingsOf } from "../../../console/src/pages/tenant/doings.ts";
import { draftOf, patchOf } from "../../../console/src/pages/tenant/draft.ts";
import { rolesOf } from "../../../console/src/pages/tenant/roles.ts";
import { treeOf, type Node } from "../../../console/src/pages/tenant/tree.ts";

const slot = (release: string, more: Partial<Slot> = {}): Slot => ({
  release,
  image: `a:${release}`,
  revision: 1,
  scale: "full",
  ready: true,
  ...more,
});
const tenant = (more: Partial<Tenant> = {}): Tenant =>
  ({
    id: "acme",
    name: "Acme",
    tier: "small",
    ring: 0,
    timeZone: "UTC",
    hostnames: ["shop.acme.test"],
    config: { A: "1", B: "2" },
    flags: { beta: true, limit: 3 },
    secretNames: ["KEY"],
    live: "blue",
    weights: { blue: 100, green: 0 },
    slots: { blue: slot("1.0.0"), green: null },
    suspended: false,
    maintenance: false,
    ...more,
  }) as Tenant;

describe("a tenant's slots by role", () => {
  const roles = (more: Partial<Tenant>) => rolesOf(tenant(more)).map(({ color, role }) => `${role} ${color}`);
  const rollout = { release: "2.0.0" } as NonNullable<Tenant["operation"]>;

  it("are live and whatever the other is for", () => {
    assert.deepEqual(roles({}), ["live blue"]);
    assert.deepEqual(roles({ slots: { blue: slot("1.0.0"), green: slot("2.0.0") }, operation: rollout }), [
      "live blue",
      "new green",
    ]);
    assert.deepEqual(
      roles({ live: "green", slots: { blue: slot("1.0.0"), green: slot("2.0.0") }, operation: rollout }),
      ["live green", "old blue"],
    );
    assert.deepEqual(roles({ slots: { blue: slot("2.0.0"), green: slot("2.0.0", { scale: "idle" }) } }), [
      "live blue",
      "backup green",
    ]);
    assert.deepEqual(roles({ live: null }), []);
  });
});

describe("what can be done with a tenant", () => {
  const allowed = (more: Partial<Tenant>) =>
    doingsOf(tenant(more))
      .filter(({ whyNot }) => whyNot === undefined)
      .map(({ name }) => name);

  it("depends on what it is doing", () => {
    assert.deepEqual(allowed({}), ["restart", "scale", "suspend", "offboard"]);
    assert.deepEqual(allowed({ suspended: true }), ["unsuspend", "offboard"]);
    assert.deepEqual(allowed({ operation: {} as NonNullable<Tenant["operation"]> }), ["rollback"]);
    assert.deepEqual(allowed({ slots: { blue: slot("2.0.0"), green: slot("1.0.0") } }), [
      "rollback",
      "restart",
      "scale",
      "suspend",
      "offboard",
    ]);
  });

  it("tells one that is shut for maintenance from one that somebody has suspended", () => {
    const said = (more: Partial<Tenant>) =>
      doingsOf(tenant(more)).flatMap(({ name, verb, whyNot }) =>
        name === "restart" ? [whyNot] : name === "unsuspend" ? [verb] : [],
      );
    assert.deepEqual(said({ suspended: true }), ["It is suspended.", "End suspension"]);
    assert.deepEqual(said({ suspended: true, maintenance: true }), ["It is shut for maintenance.", "Open again"]);
  });

  it("says why not, and always its effect", () => {
    for (const { effect, whyNot } of doingsOf(tenant({ live: null }))) {
      assert.ok(effect.endsWith("."));
      assert.ok(whyNot === undefined || whyNot.endsWith("."));
    }
  });
});

describe("a change of settings", () => {
  it("is nothing where nothing was changed", () => assert.deepEqual(patchOf(tenant(), draftOf(tenant())), {}));

  it("holds what was changed, null for what was taken out, and no secret that was left alone", () => {
    const draft = draftOf(tenant());
    const changed = {
      ...draft,
      name: "Acme Ltd",
      ring: "3",
      config: [{ name: "A", value: "one" }],
      flags: [...draft.flags, { name: "mode", value: "dark" }],
      secrets: [{ name: "NEW", value: "s" }],
      withoutSecrets: ["KEY"],
    };
    assert.deepEqual(patchOf(tenant(), changed), {
      name: "Acme Ltd",
      ring: 3,
      config: { A: "one", B: null },
      flags: { mode: "dark" },
      secrets: { KEY: null, NEW: "s" },
    });
  });

  it("leaves what is no number to the schema", () => {
    assert.deepEqual(patchOf(tenant(), { ...draftOf(tenant()), ring: "first" }), { ring: "first" });
  });
});

describe("the tree of a stack", () => {
  const resource = (urn: string, parent: string | null): StackResource => ({
    urn,
    parent,
    type: "t",
    name: urn,
    state: "ok",
    protect: false,
  });
  const text = (nodes: Node[]): string =>
    nodes
      .map(({ resource: { urn }, children }) => (children.length === 0 ? urn : `${urn}(${text(children)})`))
      .join(" ");

  it("has everything once, below its parent", () => {
    const resources = [
      resource("stack", null),
      resource("a", "stack"),
      resource("b", "a"),
      resource("c", "stack"),
      resource("lost", "gone"),
    ];
    assert.equal(text(treeOf(resources)), "stack(a(b) c) lost");
  });

  it("shows both of what is being replaced", () => {
    assert.equal(text(treeOf([resource("stack", null), resource("a", "stack"), resource("a", "stack")])), "stack(a a)");
  });
});
