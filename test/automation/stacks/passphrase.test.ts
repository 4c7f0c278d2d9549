import assert from "node:assert/strict";
import { newSalt, openEncryption } from "../../../automation/stacks/passphrase.ts";

describe("automation/stacks/passphrase", () => {
  it("opens a salt that the Pulumi CLI made", async () => {
    const salt = "v1:ASaRod0XmxY=:v1:tDXi3bKcJ5JetVL4:sio7feqNip6OT4GlST9nOS9AFCvWeA==";
    const { encrypt } = await openEncryption(salt, "golden");
    assert.match(encrypt("x"), /^v1:[A-Za-z0-9+/]{16}:[A-Za-z0-9+/]+=*$/);
    assert.notEqual(encrypt("x"), encrypt("x"));
  });
  it("opens its own salts, and refuses another passphrase", async () => {
    const salt = await newSalt("one");
    assert.equal((await openEncryption(salt, "one")).salt, salt);
    await assert.rejects(openEncryption(salt, "two"), { code: "passphrase_mismatch" });
    await assert.rejects(openEncryption("v1:abc", "one"), { code: "salt_invalid" });
  });
});
