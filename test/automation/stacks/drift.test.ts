import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { additionsIn } from "../../../automation/stacks/additions.ts";
import { digestOf } from "../../../automation/stacks/digest.ts";
import { driftWatch, valueAt } from "../../../automation/stacks/drift.ts";

const urn = (type: string, name: string) => `urn:pulumi:s::tenant::${type}::${name}`;
const deployment = "kubernetes:apps/v1:Deployment";

function event(kind: "resourcePreEvent" | "resOutputsEvent", metadata: object): EngineEvent {
  return { sequence: 1, timestamp: 1, [kind]: { metadata } } as EngineEvent;
}

const managed = (manager: string, fieldsV1: object, more: object = {}) => ({
  manager,
  fieldsV1,
  operation: "Update",
  ...more,
});
const object = (...managedFields: object[]) => ({ __fieldManager: "teal", metadata: { managedFields } });

describe("automation/stacks/drift", () => {
  it("reads values at the paths of detailed diffs", () => {
    const value = { spec: { rules: [{ weight: 3 }], "a.b/c": "x" } };
    assert.equal(valueAt(value, "spec.rules[0].weight"), 3);
    assert.equal(valueAt(value, 'spec["a.b/c"]'), "x");
    assert.equal(valueAt(value, "spec.none[1].weight"), undefined);
  });

  it("gives the same digest for the same parts in any order", () => {
    assert.equal(digestOf(["a", "b"]), digestOf(["b", "a"]));
    assert.notEqual(digestOf(["a"]), digestOf(["a", "b"]));
  });

  it("gathers what a preview after a refresh would do, secrets masked", () => {
    const { onEvent, drift } = driftWatch((text) => text.replaceAll("hush", "[secret]"));
    const inputs = (replicas: number, note: string) => ({ inputs: { spec: { replicas, note } } });
    onEvent(event("resourcePreEvent", { op: "same", urn: urn(deployment, "same"), type: deployment }));
    onEvent(
      event("resourcePreEvent", {
        op: "update",
        urn: urn(deployment, "web"),
        type: deployment,
        detailedDiff: { "spec.replicas": { kind: "update" }, "spec.note": { kind: "update" } },
        old: inputs(3, "hush"),
        new: inputs(1, "b"),
      }),
    );
    onEvent(event("resourcePreEvent", { op: "create", urn: urn(deployment, "gone"), type: deployment }));
    const { items } = drift();
    assert.deepEqual(
      items.map(({ id: _, urn: __, ...rest }) => rest),
      [
        {
          kind: "Deployment",
          name: "web",
          change: "changed",
          properties: [
            { path: "spec.replicas", expected: "1", found: "3" },
            { path: "spec.note", expected: '"b"', found: '"[secret]"' },
          ],
        },
        { kind: "Deployment", name: "gone", change: "deleted", properties: [] },
      ],
    );
  });

  it("finds fields that others manage beside Teal's", () => {
    const teal = managed("teal", { "f:spec": { "f:replicas": {} } }, { operation: "Apply" });
    const hand = managed("kubectl-edit", {
      "f:metadata": { "f:labels": { "f:by": {} } },
      "f:spec": { "f:replicas": {}, "f:containers": { 'k:{"name":"web"}': { ".": {}, "f:image": {} } } },
    });
    const controller = managed("kube-controller-manager", { "f:metadata": { "f:annotations": { "f:rev": {} } } });
    const status = managed("whoever", { "f:status": { "f:ready": {} } }, { subresource: "status" });
    assert.deepEqual(additionsIn(object(teal, hand, controller, status)), [
      { path: "metadata.labels.by", manager: "kubectl-edit" },
      { path: "spec.containers[name=web].image", manager: "kubectl-edit" },
    ]);
    assert.deepEqual(additionsIn(undefined), []);
  });

  it("counts no part of a change as an addition", () => {
    const { onEvent, drift } = driftWatch((text) => text);
    const at = { urn: urn(deployment, "web"), type: deployment };
    const outputs = object(
      managed("kubectl", { "f:spec": { "f:replicas": {} }, "f:metadata": { "f:labels": { "f:x": {} } } }),
    );
    onEvent(event("resourcePreEvent", { op: "refresh", ...at }));
    onEvent(event("resOutputsEvent", { op: "update", ...at, new: { outputs } }));
    onEvent(event("resourcePreEvent", { op: "update", ...at, detailedDiff: { "spec.replicas": { kind: "update" } } }));
    assert.deepEqual(
      drift().additions.map(({ path }) => path),
      ["metadata.labels.x"],
    );
  });
});
