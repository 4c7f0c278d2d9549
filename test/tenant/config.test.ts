import assert from "node:assert/strict";
import fc from "fast-check";
import { TealError } from "../../model/errors.ts";
import { fromConfig, toStackConfig, type StackConfig } from "../../tenant/config.ts";
import { albRouting, anyAlbSpec, anySpec } from "./arbitrary.ts";
import { rollingOut, specOf } from "./specs.ts";

const reader = (config: StackConfig) => (key: string) => config[`tenant:${key}`]?.value;

describe("tenant/config", () => {
  it("gives back every spec that it was made from", () => {
    fc.assert(
      fc.property(fc.oneof(anySpec, anyAlbSpec), (spec) => {
        assert.deepEqual(fromConfig(reader(toStackConfig(spec))), spec);
      }),
    );
  });

  it("has one key per concern, and marks secrets", () => {
    const config = toStackConfig(rollingOut());
    assert.deepEqual(Object.keys(config).sort(), [
      ...["tenant:background", "tenant:blue", "tenant:blueConfig", "tenant:blueFlags", "tenant:blueSecrets"],
      ...["tenant:cluster", "tenant:environment", "tenant:gateway"],
      ...["tenant:green", "tenant:greenConfig", "tenant:greenFlags", "tenant:greenSecrets", "tenant:hostnames"],
      ...["tenant:id", "tenant:live", "tenant:name", "tenant:preview", "tenant:previewToken", "tenant:tier"],
      "tenant:weights",
    ]);
    assert.deepEqual(config["tenant:weights"], { value: '{"blue":90,"green":10}', structured: true });
    const secret = Object.keys(config).filter((key) => config[key]!.secret);
    assert.deepEqual(secret, ["tenant:blueSecrets", "tenant:greenSecrets", "tenant:previewToken"]);
  });

  it("changes nothing but one key with the weights", () => {
    const before = toStackConfig(rollingOut());
    const after = toStackConfig(rollingOut({ weights: { blue: 50, green: 50 } }));
    const changed = Object.keys(after).filter((key) => after[key]!.value !== before[key]!.value);
    assert.deepEqual(changed, ["tenant:weights"]);
  });

  const broken: [string, Record<string, string | undefined>, RegExp][] = [
    ["a key is missing", { gateway: undefined }, /tenant:gateway: /],
    ["a key is no JSON", { weights: "{" }, /tenant:weights: expected JSON/],
    ["weights don't sum to 100", { weights: '{"blue":50,"green":20}' }, /tenant:weights: .*sum to 100/],
    [
      "traffic goes to a slot that isn't there",
      { weights: '{"blue":50,"green":50}' },
      /tenant:weights\.green: .*green slot/,
    ],
    ["a flag is neither text, number nor boolean", { blueFlags: '{"x":[]}' }, /tenant:blueFlags\.x: /],
    ["the preview has no token", { preview: "blue" }, /tenant:previewToken: /],
    ["routing is of no known kind", { routing: '{"kind":"dns"}' }, /tenant:routing\.kind: /],
    [
      "a load balancer is to keep users where they are",
      { routing: JSON.stringify(albRouting), affinity: "cookie" },
      /tenant:affinity: expected none with routing alb-ingress/,
    ],
    [
      "a load balancer would take the token for a pattern",
      { routing: JSON.stringify(albRouting), preview: "blue", previewToken: "********" },
      /tenant:previewToken: expected letters, digits/,
    ],
    ["a slot has an unknown field", { blue: '{"replicaz":1}' }, /tenant:blue: /],
  ];
  for (const [when, values, expected] of broken) {
    it(`says what is wrong when ${when}`, () => {
      const config = toStackConfig(specOf());
      const read = (key: string) => (key in values ? values[key] : reader(config)(key));
      assert.throws(
        () => fromConfig(read),
        (error) => error instanceof TealError && error.code === "stack_config_invalid" && expected.test(error.message),
      );
    });
  }

  it("never tells a secret's value", () => {
    const config = toStackConfig(specOf());
    const read = (key: string) => (key === "blueSecrets" ? '{"bad key!":"tell-nobody"}' : reader(config)(key));
    assert.throws(
      () => fromConfig(read),
      (error) => error instanceof TealError && !JSON.stringify([error.message, error.data]).includes("tell-nobody"),
    );
  });
});
