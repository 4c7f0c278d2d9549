import assert from "node:assert/strict";
import { masking, secretsOf } from "../../../automation/stacks/mask.ts";
import { rollingOut } from "../../tenant/specs.ts";

describe("automation/stacks/mask", () => {
  it("hides secrets as they are, in base64 and in JSON", () => {
    const mask = masking(['pass"word', 'longer-pass"word', "abc"]);
    const shown = `a pass"word b ${Buffer.from('pass"word').toString("base64")} c ${JSON.stringify('pass"word')} longer-pass"word abc`;
    assert.equal(mask(shown), 'a [secret] b [secret] c "[secret]" [secret] abc');
  });
  it("knows all that is secret in a spec", () => {
    assert.deepEqual(secretsOf(rollingOut()), ["hunter2hunter2", "hunter2hunter2", "preview-token-0123456789"]);
  });
});
