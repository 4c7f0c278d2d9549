import assert from "node:assert/strict";
import type { UpdateSummary } from "@pulumi/pulumi/automation/index.js";
import { contentsOf } from "../../../automation/stacks/contents.ts";
import { stackLimits } from "../../../model/console/stack.ts";

const urn = (type: string, name: string) => `urn:pulumi:production.acme::tenant::${type}::${name}`;
const root = { urn: urn("pulumi:pulumi:Stack", "tenant"), type: "pulumi:pulumi:Stack" };
const map = {
  urn: urn("kubernetes:core/v1:ConfigMap", "blue"),
  type: "kubernetes:core/v1:ConfigMap",
  parent: root.urn,
};
const signature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

describe("what a stack holds", () => {
  it("is nothing where it is empty", () => {
    const nothing = { changedAt: null, resources: [], more: false, outputs: [], updates: [] };
    for (const exported of [{}, null, { resources: null }]) assert.deepEqual(contentsOf(exported, []), nothing);
  });

  it("is resources with what is pending, incomplete or still to be deleted", () => {
    const made = { ...map, id: "production-acme/blue", protect: true };
    const failed = { ...map, urn: urn(map.type, "green"), initErrors: ["it has no pods"] };
    const old = { ...map, urn: urn(map.type, "old"), delete: true };
    const lost = { ...map, urn: urn(map.type, "lost") };
    const pending_operations = [
      { resource: made, type: "updating" },
      { resource: lost, type: "creating" },
    ];
    const exported = {
      manifest: { time: "2026-01-01T00:00:00.5+01:00" },
      resources: [root, made, failed, old],
      pending_operations,
    };
    const { resources, changedAt } = contentsOf(exported, []);
    assert.equal(changedAt, "2025-12-31T23:00:00.500Z");
    assert.deepEqual(
      resources.map(({ name, state, pending, errors, protect, parent, id }) => [
        name,
        state,
        pending,
        errors,
        protect,
        parent,
        id,
      ]),
      [
        ["tenant", "ok", undefined, undefined, false, null, undefined],
        ["blue", "pending", "updating", undefined, true, root.urn, "production-acme/blue"],
        ["green", "incomplete", undefined, ["it has no pods"], false, root.urn, undefined],
        ["old", "deleting", undefined, undefined, false, root.urn, undefined],
        ["lost", "pending", "creating", undefined, false, root.urn, undefined],
      ],
    );
  });

  it("is outputs without those that hold a secret anywhere", () => {
    const outputs = {
      url: "http://x",
      token: { ...signature, plaintext: '"s3cret"' },
      deep: { a: [{ ...signature, ciphertext: "v1:…" }] },
    };
    const found = contentsOf({ resources: [{ ...root, outputs }] }, []).outputs;
    assert.deepEqual(found, [
      { name: "url", secret: false, value: "http://x" },
      { name: "token", secret: true, value: null },
      { name: "deep", secret: true, value: null },
    ]);
  });

  it("is the updates as the CLI tells them, with the operation that each was a part of", () => {
    const operation = "11111111-1111-4111-8111-111111111111";
    const done = {
      version: 2,
      kind: "update",
      result: "succeeded",
      message: `rollout ${operation}`,
      startTime: "2026-01-01T00:00:00Z",
      endTime: "2026-01-01T00:00:02Z",
      resourceChanges: { update: 1 },
    };
    const running = {
      version: 3,
      kind: "update",
      result: "in-progress",
      message: "by hand",
      startTime: "2026-01-01T00:01:00Z",
    };
    const { updates } = contentsOf({}, [running, done] as unknown as UpdateSummary[]);
    const begun = { kind: "update", changes: {} };
    assert.deepEqual(updates, [
      {
        ...begun,
        version: 3,
        result: "in-progress",
        message: "by hand",
        startedAt: "2026-01-01T00:01:00.000Z",
        endedAt: null,
      },
      {
        ...begun,
        version: 2,
        result: "succeeded",
        message: done.message,
        operation,
        startedAt: "2026-01-01T00:00:00.000Z",
        endedAt: "2026-01-01T00:00:02.000Z",
        changes: { update: 1 },
      },
    ]);
  });

  it("is bounded", () => {
    const resources = Array.from({ length: stackLimits.resources + 1 }, (_, i) => ({
      ...map,
      urn: urn(map.type, `${i}`),
    }));
    const found = contentsOf({ resources }, []);
    assert.deepEqual([found.resources.length, found.more], [stackLimits.resources, true]);
  });
});
