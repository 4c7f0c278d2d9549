import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { revisionContext, secretsFor, type Secrets } from "../../automation/secrets.ts";

describe("secrets", () => {
  const salt = randomBytes(16);
  let secrets: Secrets;
  before(async () => void (secrets = await secretsFor("passphrase", salt)));

  it("opens what it sealed, whatever it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: "grapheme" })), fc.uuid(), (plain, uid) => {
        const context = revisionContext(uid, 3);
        assert.deepEqual(secrets.open(context, secrets.seal(context, plain)), { ...plain });
      }),
    );
  });

  it("never seals the same twice alike, nor shows it", () => {
    const seal = () => secrets.seal("a/1", { password: "swordfish" });
    assert.notDeepEqual(seal(), seal());
    assert.ok(!seal().includes("swordfish"));
  });

  it("refuses another tenant's or revision's, a changed one and a cut one", () => {
    const sealed = secrets.seal("a/1", { password: "swordfish" });
    const changed = Buffer.from(sealed);
    changed[sealed.length - 1]! ^= 1;
    const tries: [string, Buffer][] = [
      ["a/2", sealed],
      ["b/1", sealed],
      ["a/1", changed],
      ["a/1", sealed.subarray(0, 20)],
      ["a/1", Buffer.alloc(0)],
    ];
    for (const [context, bytes] of tries) {
      assert.throws(() => secrets.open(context, bytes), { code: "secrets_unreadable" });
    }
  });

  it("refuses what another passphrase or salt sealed", async () => {
    const sealed = secrets.seal("a/1", { password: "swordfish" });
    for (const other of [await secretsFor("Passphrase", salt), await secretsFor("passphrase", randomBytes(16))]) {
      assert.throws(() => other.open("a/1", sealed), { code: "secrets_unreadable" });
    }
  });
});
