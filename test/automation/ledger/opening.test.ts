import assert from "node:assert/strict";
import { openLedger } from "../../../automation/ledger/ledger.ts";
import { openBooks, report } from "../books.ts";
import { freshDatabase } from "../postgres.ts";

const wake = async () => undefined;

describe("opening the ledger", () => {
  it("brings the tables up once, however many start at once, and keeps what is there", async () => {
    const url = await freshDatabase();
    const books = await Promise.all([openBooks(url), openBooks(url), openBooks(url)]);
    const salts = await Promise.all(books.map(({ ledger }, i) => ledger.setEncryptionSalt(`salt ${i}`)));
    assert.equal(new Set(salts).size, 1);
    await Promise.all(books.map(({ close }) => close()));
    const again = await openBooks(url);
    assert.equal(await again.ledger.getEncryptionSalt(), salts[0]);
    await again.close();
  });

  it("tells a wrong passphrase in one line", async () => {
    const url = await freshDatabase();
    const first = await openLedger({ url, passphrase: "one", wake, report });
    await first.close();
    await assert.rejects(openLedger({ url, passphrase: "two", wake, report }), (error: Error & { code: string }) => {
      assert.equal(error.code, "wrong_passphrase");
      assert.match(error.message, /^Expected the passphrase \(PULUMI_CONFIG_PASSPHRASE\)[^\n]*$/);
      return true;
    });
  });

  it("tells a database that can't be reached, without its password", async () => {
    const url = "postgres://teal:swordfish@127.0.0.1:1/postgres";
    await assert.rejects(openLedger({ url, passphrase: "x", wake, report }), (error: Error & { code: string }) => {
      assert.equal(error.code, "ledger_unavailable");
      assert.ok(!error.message.includes("swordfish"));
      return true;
    });
    await assert.rejects(openBooks(url), { code: "ledger_unavailable" });
  });
});
