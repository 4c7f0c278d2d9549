import type { SlotSpec } from "../spec.ts";

/**
 * Data of a slot's ConfigMap: each setting under its own key, and all of them as JSON. Keys that can't be names of
 * environment variables (`a.b`) reach the application in the JSON only. Teal's own keys win.
 */
export function configData({ config, flags }: Pick<SlotSpec, "config" | "flags">): Record<string, string> {
  return { ...config, TEAL_CONFIG: JSON.stringify(config), TEAL_FLAGS: JSON.stringify(flagDefinitions(flags)) };
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
