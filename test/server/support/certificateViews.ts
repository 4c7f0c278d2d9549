import type { CertificatesView, HostnamesView } from "../../../model/certificate.ts";

const time = "2026-01-01T00:00:00.000Z";
const record = { name: "_0a1b.shop.example.com", type: "CNAME" as const, value: "_2c3d.validations.example.net" };

export function hostnames(environment: string, tenant: string): HostnamesView {
  const own = {
    hostname: `${tenant}.${environment}.localhost`,
    tenant,
    own: true,
    state: "served" as const,
    expiresAt: time,
    certificate: "1",
    waits: null,
    record: null,
  };
  const waits = { code: "record" as const, message: "Its owner has to set a DNS record.", since: time };
  const custom = {
    ...own,
    hostname: "shop.example.com",
    own: false,
    state: "waiting" as const,
    expiresAt: null,
    certificate: "2",
    waits,
    record,
  };
  return { items: [own, custom] };
}

export function certificates(environment: string): CertificatesView {
  const { items } = hostnames(environment, "acme");
  const names = { wanted: 2, served: 1, room: 220 };
  const waiting = items.filter(({ state }) => state === "waiting");
  const records = [{ hostname: "shop.example.com", validated: false, record }];
  const requested = { state: "requested" as const, requestedAt: time, expiresAt: null, attached: null };
  return {
    provider: "sandbox",
    problem: null,
    hostnames: names,
    waiting,
    items: [{ id: "2", names: ["shop.example.com"], ...requested, waits: "The provider has not seen it.", records }],
    next: "abc",
  };
}
