import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { newSalt, openCrypter } from "../../engine/secrets/passphrase.ts";

const salt = "v1:ASaRod0XmxY=:v1:tDXi3bKcJ5JetVL4:sio7feqNip6OT4GlST9nOS9AFCvWeA==";

describe("passphrase secrets", () => {
  it("open what Pulumi sealed", async () => {
    const settings = await readFile(join(import.meta.dirname, "data/Pulumi.secrets.yaml"), "utf8");
    const crypter = await openCrypter(/encryptionsalt: (\S+)/.exec(settings)![1]!, "golden");
    assert.equal(crypter.decrypt(/secure: (\S+)/.exec(settings)![1]!), "hunter2");
  });

  it("refuse another passphrase", async () => {
    await assert.rejects(openCrypter(salt, "silver"), { code: "secrets_passphrase_wrong" });
    await assert.rejects(openCrypter("v2:x", "golden"), { code: "secrets_salt_malformed" });
  });

  it("refuse what has been tampered with", async () => {
    const crypter = await openCrypter(salt, "golden");
    const [version, nonce, sealed] = crypter.encrypt("hello").split(":");
    const bytes = Buffer.from(sealed!, "base64");
    bytes[0]! ^= 1;
    assert.throws(() => crypter.decrypt(`${version}:${nonce}:${bytes.toString("base64")}`));
  });

  it("come back as they were, never twice the same sealed", async () => {
    const crypter = await openCrypter(await newSalt("x"), "x");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const sealed = crypter.encrypt(text);
        assert.notEqual(sealed, crypter.encrypt(text));
        assert.equal(crypter.decrypt(sealed), text);
      }),
    );
  });

  it("derive a key once, however often it is asked for", async () => {
    await openCrypter(salt, "golden");
    const start = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => openCrypter(salt, "golden")));
    assert.ok(performance.now() - start < 100);
  });
});
