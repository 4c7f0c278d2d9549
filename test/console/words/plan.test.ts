import assert from "node:assert/strict";
import type { PlannedStep } from "../../../console/src/api/types.ts";
import { groupsOf, planInShort } from "../../../console/src/words/plan.ts";

const step = (op: PlannedStep["op"], type: string, name = "x"): PlannedStep => ({
  op,
  type,
  name,
  urn: name,
  diffs: [],
});
const route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

describe("plans in words", () => {
  it("say that a flip moves traffic and does nothing else", () => {
    const ingress = "kubernetes:networking.k8s.io/v1:Ingress";
    for (const type of [route, ingress])
      assert.equal(planInShort([step("update", type)]), "Moves traffic, and changes nothing else.");
  });

  it("count objects, leave out what is none, and say whether anything goes", () => {
    const steps = [
      step("create", "teal:tenant:Slot"),
      step("create", "kubernetes:apps/v1:Deployment"),
      step("update", route),
    ];
    assert.equal(planInShort(steps), "1 object made, 1 object changed, nothing removed.");
    assert.equal(planInShort([step("delete", "kubernetes:core/v1:Secret")]), "1 object removed.");
    assert.equal(planInShort([]), "Nothing would change.");
  });

  it("name first what takes away", () => {
    const groups = groupsOf([step("create", route), step("delete", "kubernetes:core/v1:Secret", "keys")]);
    assert.deepEqual(
      groups.map(({ verb, steps }) => [verb, steps[0]!.kind, steps[0]!.name]),
      [
        ["Remove", "Secret", "keys"],
        ["Make", "HTTPRoute", "x"],
      ],
    );
  });
});
