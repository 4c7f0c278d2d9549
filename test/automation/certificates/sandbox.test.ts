import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptAuthority } from "../../../automation/certificates/sandbox/authority.ts";
import { SandboxIssuer } from "../../../automation/certificates/sandbox/issuer.ts";

const day = 24 * 3_600_000;

describe("certificates of the sandbox's authority", () => {
  let directory: string;
  let now = Date.now();
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "teal-certificates-"));
    now = Date.now();
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const issuer = () =>
    new SandboxIssuer({ directory, authority: keptAuthority(directory), domain: "localhost", now: () => now });
  const request = (names: string[], sequence = 1) =>
    issuer().request({ environment: "develop", sequence, names, again: false });

  it("issues for names of ours at once, by an authority that stays the same", () => {
    const reference = request(["a.develop.localhost", "b.develop.localhost"]);
    const described = issuer().describe(reference);
    assert.equal(described?.state, "issued");
    assert.deepEqual(
      described?.validations.map(({ validated }) => validated),
      [true, true],
    );
    const { certificate } = issuer().keyed(reference)!;
    const leaf = new X509Certificate(certificate);
    assert.ok(leaf.checkHost("b.develop.localhost"));
    assert.ok(leaf.verify(new X509Certificate(keptAuthority(directory).certificate).publicKey));
    assert.equal(issuer().describe(reference)?.expiresAt?.getTime(), Date.parse(leaf.validTo));
    assert.equal(issuer().keyed(reference)?.certificate, certificate);
    assert.equal(statSync(join(directory, "ca.key")).mode & 0o777, 0o600);
    assert.equal(statSync(join(directory, "issued", reference, "tls.key")).mode & 0o777, 0o600);
  });

  it("takes names of another environment, or of no tenant's, for custom ones", () => {
    for (const [i, name] of ["a.production.localhost", "develop.localhost", "shop.example.com"].entries())
      assert.equal(issuer().describe(request([name], i))?.state, "requested", name);
  });

  it("waits for a record in the file of records, in whichever way it is written", () => {
    const reference = request(["Shop.example.com".toLowerCase()]);
    const [{ record } = { record: null }] = issuer().describe(reference)!.validations;
    assert.ok(record);
    appendFileSync(
      join(directory, "dns.txt"),
      `; not this one\n_other.example.com CNAME x\n${record.name} CNAME wrong.\n`,
    );
    assert.equal(issuer().describe(reference)?.state, "requested");
    appendFileSync(
      join(directory, "dns.txt"),
      `${record.name.toUpperCase()}.\t300 IN CNAME  ${record.value}. ; shop\n`,
    );
    assert.equal(issuer().describe(reference)?.state, "issued");
  });

  it("gives up after three days, and keeps nothing that is dropped", () => {
    const reference = request(["shop.example.com"]);
    now += 3 * day + 1;
    assert.deepEqual([issuer().describe(reference)?.state, issuer().keyed(reference)], ["failed", null]);
    issuer().drop(reference);
    issuer().drop(reference);
    assert.equal(issuer().describe(reference), null);
  });
});
