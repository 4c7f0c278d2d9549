import type { TenantDataOutputs } from "../../model/tenantData.ts";
import type { SlotSpec } from "../spec.ts";

/**
 * Data of a slot's ConfigMap: each setting under its own key, and all of them as JSON. Keys that can't be names of
 * environment variables (`a.b`) reach the application in the JSON only. Teal's own keys win. `held`: what the tenant has on AWS.
 */
export function configData(
  { config, flags }: Pick<SlotSpec, "config" | "flags">,
  held?: TenantDataOutputs,
): Record<string, string> {
  return {
    ...config,
    ...heldData(held),
    TEAL_CONFIG: JSON.stringify(config),
    TEAL_FLAGS: JSON.stringify(flagDefinitions(flags)),
  };
}

/** Where the application finds what is its tenant's on AWS; the same image serves every tenant. Nothing of it is secret. */
function heldData(held: TenantDataOutputs | undefined): Record<string, string> {
  if (!held) return {};
  const { region, bucket, parameters, database } = held;
  return {
    AWS_REGION: region,
    TEAL_PARAMETERS: parameters,
    ...(bucket !== null && { TEAL_BUCKET: bucket }),
    ...(database && {
      TEAL_DATABASE_HOST: database.host,
      TEAL_DATABASE_PORT: String(database.port),
      TEAL_DATABASE_NAME: database.name,
      TEAL_DATABASE_USER: database.user,
    }),
  };
}

/**
 * Feature flags as OpenFeature providers read them: a flagd document (https://flagd.dev/schema/v0/flags.json), in which each
 * flag has the tenant's value whoever asks.
 */
export function flagDefinitions(flags: SlotSpec["flags"]) {
  const definitions = Object.entries(flags).map(([name, value]) => {
    const variants = typeof value === "boolean" ? { on: true, off: false } : { value };
    const defaultVariant = typeof value === "boolean" ? (value ? "on" : "off") : "value";
    return [name, { state: "ENABLED", variants, defaultVariant }] as const;
  });
  return { $schema: "https://flagd.dev/schema/v0/flags.json", flags: Object.fromEntries(definitions) };
}

/** Data of a slot's Secret: the tenant's own, and the password that Teal made for it. */
export function secretData({ secrets }: Pick<SlotSpec, "secrets">, password: string): Record<string, string> {
  return { ...secrets, TEAL_PASSWORD: password };
}
