import type { Tenant } from "../../api/types.ts";
import { flagsOf, mergePatch, pairsOf, textsOf, type Pair } from "../../forms/pairs.ts";

/** A tenant's settings as they stand in the form. */
export interface Draft {
  name: string;
  tier: Tenant["tier"];
  ring: string;
  timeZone: string;
  /** One on a line. */
  hostnames: string;
  config: Pair[];
  flags: Pair[];
  /** New values only: those that are there are never read back. */
  secrets: Pair[];
  /** Names of secrets to be taken out. */
  withoutSecrets: string[];
}

export function draftOf({ name, tier, ring, timeZone, hostnames, config, flags }: Tenant): Draft {
  return {
    name,
    tier,
    ring: String(ring),
    timeZone: timeZone ?? "UTC",
    hostnames: hostnames.join("\n"),
    config: pairsOf(config),
    flags: pairsOf(flags),
    secrets: [],
    withoutSecrets: [],
  };
}

/** The merge patch from the tenant to the draft; empty where nothing changes. */
export function patchOf(tenant: Tenant, draft: Draft): Record<string, unknown> {
  const hostnames = linesOf(draft.hostnames);
  const secrets = {
    ...Object.fromEntries(draft.withoutSecrets.map((name) => [name, null])),
    ...textsOf(draft.secrets),
  };
  const patch: Record<string, unknown> = {
    name: draft.name === tenant.name ? undefined : draft.name,
    tier: draft.tier === tenant.tier ? undefined : draft.tier,
    ring: draft.ring === String(tenant.ring) ? undefined : numberOf(draft.ring),
    timeZone: draft.timeZone === (tenant.timeZone ?? "UTC") ? undefined : draft.timeZone,
    hostnames: hostnames.join("\n") === tenant.hostnames.join("\n") ? undefined : hostnames,
    config: mergePatch(tenant.config, textsOf(draft.config)),
    flags: mergePatch<unknown>(tenant.flags, flagsOf(draft.flags)),
    secrets: Object.keys(secrets).length === 0 ? undefined : secrets,
  };
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

export function linesOf(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The number, or the text where it is none: then the schema says what is wrong with it. */
export function numberOf(text: string): number | string {
  return /^\d+$/.test(text.trim()) ? Number(text) : text;
}
