import assert from "node:assert/strict";
import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { beyondRoute, plannedStep, previewView } from "../../../automation/stacks/plan.ts";

const route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
const service = "kubernetes:core/v1:Service";

function step(op: string, type: string, more: object = {}) {
  const metadata = { op, type, urn: `urn:pulumi:s::tenant::${type}::name`, provider: "", ...more };
  return plannedStep(metadata as StepEventMetadata);
}

describe("automation/stacks/plan", () => {
  it("counts what would change, a replacement once", () => {
    const ops = [
      "same",
      "create",
      "update",
      "update",
      "create-replacement",
      "replace",
      "delete-replaced",
      "delete",
      "read",
    ];
    const { steps, ...counts } = previewView(ops.flatMap((op) => step(op, service) ?? []));
    assert.deepEqual(counts, { creates: 1, updates: 2, replaces: 1, deletes: 1 });
    assert.equal(steps.length, 5);
  });
  it("tells which properties change", () => {
    assert.deepEqual(step("update", route, { detailedDiff: { "spec.rules[0]": {} }, diffs: ["spec"] })!.diffs, [
      "spec.rules[0]",
    ]);
    assert.deepEqual(step("update", route, { diffs: ["spec"] })!.diffs, ["spec"]);
    assert.deepEqual(step("create", route, { diffs: ["spec"] })!.diffs, []);
    assert.equal(step("create", route)!.name, "name");
  });
  it("finds what a flip must not do", () => {
    const ingress = "kubernetes:networking.k8s.io/v1:Ingress";
    const allowed = [route, ingress].flatMap((type) => [step("update", type)!, step("create", type)!]);
    const beyond = [
      step("replace", route)!,
      step("delete", route)!,
      step("update", service)!,
      step("create", service)!,
    ];
    assert.deepEqual(beyondRoute([...allowed, ...beyond]), beyond);
  });
});
