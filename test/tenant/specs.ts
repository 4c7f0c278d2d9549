import type { SlotSpec, TenantSpec } from "../../tenant/spec.ts";

/** A slot as a tenant's first one would be, with `changes`. */
export function slotOf(changes: Partial<SlotSpec> = {}): SlotSpec {
  return {
    release: "1.0.0",
    image: "teal/app:1.0.0",
    tier: "small",
    scale: "full",
    revision: 1,
    web: { port: 8080, healthPath: "/healthz" },
    config: { greeting: "hello" },
    flags: { fast: true },
    secrets: { API_KEY: "hunter2hunter2" },
    ...changes,
  };
}

/** A provisioned tenant, with `changes`. */
export function specOf(changes: Partial<TenantSpec> = {}): TenantSpec {
  return {
    environment: "production",
    id: "acme",
    name: "Acme Ltd",
    tier: "small",
    hostnames: ["acme.production.localhost"],
    live: "blue",
    background: "blue",
    weights: { blue: 100, green: 0 },
    blue: slotOf(),
    green: null,
    preview: null,
    gateway: { name: "gateway", namespace: "teal-gateway" },
    cluster: { identifier: "sandbox" },
    ...changes,
  };
}

/** A tenant in the middle of a rollout: two slots, preview rule set. */
export function rollingOut(changes: Partial<TenantSpec> = {}): TenantSpec {
  return specOf({
    green: slotOf({ release: "2.0.0", image: "teal/app:2.0.0" }),
    weights: { blue: 90, green: 10 },
    preview: { color: "green", token: "preview-token-0123456789" },
    ...changes,
  });
}
