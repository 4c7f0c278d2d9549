import assert from "node:assert/strict";
import { hostnamesOf } from "../../../automation/certificates/hostnames.ts";
import type { CertificateRow } from "../../../automation/ledger/schema.ts";

const now = Date.UTC(2026, 5, 1);
const day = 24 * 3_600_000;
const place = { environment: "production", domain: "own.test" };
const own = "acme.production.own.test";
const custom = "shop.example.com";
const record = { name: "_x.shop.example.com", type: "CNAME" as const, value: "y" };

function row(sequence: number, more: Partial<CertificateRow> = {}): CertificateRow {
  return {
    sequence,
    environment: "production",
    names: [custom],
    provider: "acm",
    reference: String(sequence),
    state: "requested",
    requested_at: new Date(now - day),
    failed_at: null,
    failure: null,
    expires_at: null,
    listener: null,
    attached_at: null,
    validations: [],
    looked_at: null,
    ...more,
  };
}
const issued = (sequence: number, days: number, more: Partial<CertificateRow> = {}) =>
  row(sequence, { state: "issued", expires_at: new Date(now + days * day), ...more });
const served = { listener: 0, attached_at: new Date(now) };

function seen(rows: CertificateRow[], hostname = custom, over: string[] = []) {
  const names = [{ hostname, tenant: "acme", apart: null }];
  const [one] = hostnamesOf({ names, rows }, place, new Set(over), now);
  return [one?.state, one?.waits?.code ?? null, one?.certificate, one?.record ?? null];
}

describe("certificates: how a host name is served", () => {
  it("waits for what is next", () => {
    assert.deepEqual(seen([]), ["waiting", "requesting", null, null]);
    assert.deepEqual(seen([], custom, [custom]), ["waiting", "over_quota", null, null]);
    assert.deepEqual(seen([row(1, { reference: null })]), ["waiting", "requesting", "1", null]);
    const unseen = [{ hostname: custom, validated: false, record }];
    assert.deepEqual(seen([row(1, { validations: unseen })]), ["waiting", "record", "1", record]);
    const validated = [{ hostname: custom, validated: true, record }];
    assert.deepEqual(seen([row(1, { validations: validated })]), ["waiting", "validation", "1", null]);
    assert.deepEqual(seen([issued(1, 90)]), ["waiting", "attaching", "1", null]);
    const failed = row(1, { state: "failed", failed_at: new Date(now), failure: "No." });
    assert.deepEqual(seen([failed]), ["waiting", "failed", "1", null]);
  });

  it("shows nobody a record that Teal sets itself", () => {
    const unseen = [{ hostname: own, validated: false, record }];
    assert.deepEqual(seen([row(1, { names: [own], validations: unseen })], own), ["waiting", "validation", "1", null]);
  });

  it("is served by the certificate that lasts longest, and says what a newer one waits for", () => {
    assert.deepEqual(seen([issued(1, 20, served)]), ["served", null, "1", null]);
    assert.deepEqual(seen([issued(1, 20, served), issued(2, 90, served)]), ["served", null, "2", null]);
    assert.deepEqual(seen([issued(1, 20, served), issued(2, 90)]), ["served", "attaching", "1", null]);
    const failed = row(2, { state: "failed", failed_at: new Date(now), failure: "No." });
    assert.deepEqual(seen([issued(1, 20, served), failed]), ["served", "failed", "1", null]);
  });

  it("is not served by what has ended", () => {
    assert.deepEqual(seen([issued(1, -1, served)]).slice(0, 2), ["waiting", "requesting"]);
  });
});
