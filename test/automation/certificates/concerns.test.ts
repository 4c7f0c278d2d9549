import assert from "node:assert/strict";
import { concernsOf } from "../../../automation/certificates/concerns.ts";
import { productionPace as pace } from "../../../automation/certificates/pace.ts";
import type { HostnameView } from "../../../model/certificate.ts";

const now = Date.UTC(2026, 5, 1);
const hour = 3_600_000;
const at = (ms: number): string => new Date(now + ms).toISOString();

const name = (more: Partial<HostnameView> = {}): HostnameView => ({
  hostname: "shop.example.com",
  tenant: "acme",
  own: false,
  state: "served",
  expiresAt: at(80 * 24 * hour),
  certificate: "1",
  waits: null,
  record: null,
  ...more,
});
const waiting = (code: NonNullable<HostnameView["waits"]>["code"], since: number, more: Partial<HostnameView> = {}) =>
  name({ state: "waiting", expiresAt: null, waits: { code, message: "Why.", since: at(-since) }, ...more });
const found = (hostnames: HostnameView[], problem?: { message: string; since: Date }) =>
  concernsOf({ hostnames, problem, pace, environment: "production", now });
const codes = (hostnames: HostnameView[], problem?: { message: string; since: Date }) =>
  found(hostnames, problem).map(({ tenant, code }) => [tenant, code]);

describe("certificates: what a person is told", () => {
  it("says nothing of what is well, or will be by itself", () => {
    const quiet = [
      name(),
      waiting("requesting", 10 * hour),
      waiting("validation", 10 * hour),
      waiting("attaching", 10 * hour),
      waiting("record", hour / 2),
    ];
    assert.deepEqual(codes(quiet), []);
    assert.deepEqual(codes([], { message: "down", since: new Date(now - 1000) }), []);
  });

  it("tells of a record that stays away, a failure, an end that is near", () => {
    assert.deepEqual(codes([waiting("record", 2 * hour)]), [["acme", "certificate_record"]]);
    assert.deepEqual(codes([waiting("failed", 0)]), [["acme", "certificate_failed"]]);
    assert.deepEqual(codes([name({ expiresAt: at(13 * 24 * hour) })]), [["acme", "certificate_expiring"]]);
    assert.deepEqual(codes([name({ expiresAt: at(15 * 24 * hour) })]), []);
  });

  it("tells one thing of a tenant, the worst, and names whom it is about", () => {
    const all = [
      waiting("record", 2 * hour, { hostname: "a.example" }),
      waiting("failed", 0, { hostname: "b.example" }),
      name({
        hostname: "c.example",
        expiresAt: at(hour),
        waits: { code: "record", message: "No record.", since: at(0) },
      }),
      waiting("record", 2 * hour, { hostname: "d.example", tenant: "globex" }),
    ];
    assert.deepEqual(codes(all), [
      ["acme", "certificate_expiring"],
      ["globex", "certificate_record"],
    ]);
    const [worst] = found(all);
    assert.deepEqual(worst?.hostnames, ["c.example"]);
    assert.match(worst?.message ?? "", /c\.example ends 2026-.* No record\./);
  });

  it("tells of the environment: a provider that gives trouble for long, names beyond the quotas", () => {
    const over = Array.from({ length: 40 }, (_, i) =>
      waiting("over_quota", 0, { hostname: `${i}.example`, tenant: `t${i}` }),
    );
    assert.deepEqual(codes(over), [[null, "certificate_quota"]]);
    assert.equal(found(over)[0]?.hostnames.length, 10);
    assert.match(found(over)[0]?.message ?? "", /of 40 host names: 0\.example, 1\.example, 2\.example and 37 more/);
    const trouble = { message: "AWS says no.", since: new Date(now - hour) };
    assert.deepEqual(codes(over, trouble), [[null, "certificate_provider"]]);
  });
});
