import { z } from "zod";
import { tenantPolicy, tenantPolicyPatch } from "./policy.ts";
import { version } from "./release.ts";
import { timeZone } from "./window.ts";

/** A tenant's size. What a tier gives (replicas, limits, quota) is in tenant/plan/tiers.ts. */
export const tiers = ["small", "medium", "large"] as const;
export type Tier = (typeof tiers)[number];

/** The most web pods that a tenant can be scaled to, per color. */
export const mostReplicas = 20;

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export const tenantId = z
  .string()
  .max(40)
  .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, {
    error:
      "Expected a DNS label: lower-case letters, digits and hyphens, starting with a letter, at most 40 characters.",
  })
  .meta({ description: "The tenant's id, a DNS label", example: "acme" });

const hostname = z
  .string()
  .max(253)
  .refine((h) => h.split(".").length > 1 && h.split(".").every((part) => part.length <= 63 && label.test(part)), {
    error:
      "Expected a lower-case host name of at least two labels, such as shop.example.com, without port or wildcard.",
  });

const key = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/, {
  error: "Expected a name of letters, digits, '.', '_' and '-', starting with a letter or '_', at most 128 characters.",
});
// PostgreSQL's text cannot hold NUL, nor can an environment variable.
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((t) => !t.includes(String.fromCharCode(0)), { error: "Expected text without NUL characters." });
/** A ConfigMap holds at most 1 MiB and an environment variable 128 KiB, and both hold all entries as one JSON text. */
const maxJson = 65_536;
const entries = <T extends z.ZodType>(value: T) =>
  z
    .record(key, value)
    .refine((r) => Object.keys(r).length <= 200, { error: "Expected at most 200 entries." })
    .refine((r) => JSON.stringify(r).length <= maxJson, { error: `Expected at most ${maxJson} characters as JSON.` });

const fields = {
  name: text(100).trim().min(1).meta({ description: "Display name", example: "Acme Ltd" }),
  tier: z.enum(tiers).meta({ description: "The tenant's size" }),
  ring: z.int().min(0).max(99).meta({ description: "Its place in a wave: lower rings come first" }),
  hostnames: z
    .array(hostname)
    .max(20)
    .meta({ description: "Host names of its own, besides the one that Teal gives it" }),
  config: entries(text(4096)).meta({ description: "Plain settings, given to the application" }),
  flags: entries(z.union([z.boolean(), text(256), z.number()])).meta({ description: "Feature flags" }),
  secrets: entries(text(4096)).meta({ description: "Secret settings. Write-only: never read back", writeOnly: true }),
  timeZone,
  policy: tenantPolicy,
};

export const newTenant = z
  .strictObject({
    id: tenantId,
    name: fields.name,
    release: version,
    tier: fields.tier.default("small"),
    ring: fields.ring.default(0),
    hostnames: fields.hostnames.default([]),
    config: fields.config.default({}),
    flags: fields.flags.default({}),
    secrets: fields.secrets.default({}),
    timeZone: fields.timeZone.default("UTC"),
    policy: fields.policy.default({}),
  })
  .meta({ id: "NewTenant" });
export type NewTenant = z.infer<typeof newTenant>;

/** A JSON merge patch (RFC 7396): null removes an entry of config, flags, secrets or policy. */
export const tenantPatch = z
  .strictObject({
    name: fields.name.optional(),
    tier: fields.tier.optional(),
    ring: fields.ring.optional(),
    hostnames: fields.hostnames.optional(),
    config: entries(text(4096).nullable()).optional(),
    flags: entries(z.union([z.boolean(), text(256), z.number(), z.null()])).optional(),
    secrets: entries(text(4096).nullable()).optional().meta({ writeOnly: true }),
    timeZone: fields.timeZone.optional(),
    policy: tenantPolicyPatch.optional(),
  })
  .meta({ id: "TenantPatch", description: "JSON merge patch: null removes an entry." });
export type TenantPatch = z.infer<typeof tenantPatch>;

/** What a patched tenant must still be: entries add up over patches. */
export const tenantSettings = newTenant.omit({ id: true, release: true });

/** What of a tenant its people can change; one immutable row of the ledger per change (a revision). */
export type TenantSettings = z.infer<typeof tenantSettings>;

/** Settings as written down by any version of Teal, older ones without what is new. */
export function completed<T extends object>(settings: T): T & Pick<TenantSettings, "timeZone" | "policy"> {
  return { timeZone: "UTC", policy: {}, ...settings };
}

/** `settings` with a merge patch laid over it. */
export function patched(settings: TenantSettings, patch: TenantPatch): TenantSettings {
  const merge = <T>(old: Record<string, T>, changes: Record<string, T | null> | undefined): Record<string, T> =>
    Object.fromEntries(
      Object.entries({ ...old, ...changes }).filter((entry): entry is [string, T] => entry[1] !== null),
    );
  const policy: Record<string, unknown> = merge<unknown>(settings.policy, patch.policy);
  return {
    name: patch.name ?? settings.name,
    tier: patch.tier ?? settings.tier,
    ring: patch.ring ?? settings.ring,
    hostnames: patch.hostnames ?? settings.hostnames,
    config: merge(settings.config, patch.config),
    flags: merge(settings.flags, patch.flags),
    secrets: merge(settings.secrets, patch.secrets),
    timeZone: patch.timeZone ?? settings.timeZone,
    policy,
  };
}
