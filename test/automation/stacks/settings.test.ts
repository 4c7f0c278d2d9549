import assert from "node:assert/strict";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { stackSettings } from "../../../automation/stacks/settings.ts";
import { fromConfig, toStackConfig } from "../../../tenant/config.ts";
import { anySpec } from "../../tenant/arbitrary.ts";
import { rollingOut, slotOf, specOf } from "../../tenant/specs.ts";

const encryption = { salt: "the-salt", encrypt: (text: string) => `sealed ${Buffer.from(text).toString("base64")}` };

/** What the program gets of a settings file, as Pulumi reads it: mappings as JSON, `{secure}` decrypted. */
function delivered(config: Record<string, unknown>): (key: string) => string | undefined {
  return (key) => {
    const value = config[`tenant:${key}`];
    if (value === undefined || typeof value === "string") return value;
    const { secure } = value as { secure?: string };
    return secure === undefined ? JSON.stringify(value) : Buffer.from(secure.slice(7), "base64").toString();
  };
}

describe("automation/stacks/settings", () => {
  it("bring every spec to the program as it was, through the YAML file", () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const { config } = stackSettings(toStackConfig(spec), encryption);
        const read = parse(stringify(config)) as Record<string, unknown>;
        assert.deepEqual(fromConfig(delivered(read)), spec);
      }),
    );
  });
  it("read well: mappings as mappings, secrets sealed", () => {
    const { config, encryptionSalt } = stackSettings(toStackConfig(rollingOut()), encryption);
    assert.equal(encryptionSalt, "the-salt");
    assert.deepEqual(config!["tenant:weights"], { blue: 90, green: 10 });
    assert.equal(config!["tenant:name"], "Acme Ltd");
    assert.match((config!["tenant:blueSecrets"] as { secure: string }).secure, /^sealed /);
    assert.equal(JSON.stringify(config).includes("hunter2"), false);
  });
  it("keep a tenant's setting named `secure` from being taken for ciphertext", () => {
    const { config } = stackSettings(
      toStackConfig(specOf({ blue: slotOf({ config: { secure: "abc" } }) })),
      encryption,
    );
    assert.equal(config!["tenant:blueConfig"], '{"secure":"abc"}');
  });
});
