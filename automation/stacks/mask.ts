import { colors } from "../../model/color.ts";
import type { TenantSpec } from "../../tenant/spec.ts";
import type { Task } from "./tasks.ts";

export type Mask = (text: string) => string;

/** Shorter values are in every other word: masking them would hide the message and give them away by what is missing. */
const shortest = 4;

/** Lines of a longer secret (a key in PEM) that are masked where they stand alone, as in a log; shorter ones say little. */
const shortestLine = 12;

/** Replaces every one of `secrets`, as it is, as base64 and as JSON text, and each long line of it, by `[secret]`. */
export function masking(secrets: Iterable<string>): Mask {
  const forms = [...secrets]
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [secret, ...linesOf(secret)])
    .flatMap((secret) => [secret, Buffer.from(secret).toString("base64"), JSON.stringify(secret).slice(1, -1)]);
  // Longest first, so that a secret which holds another one goes whole.
  const ordered = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, form) => masked.replaceAll(form, "[secret]"), text);
}

/** All that is secret in a tenant's spec. */
export function secretsOf(spec: TenantSpec): string[] {
  const slots = colors.flatMap((color) => Object.values(spec[color]?.secrets ?? {}));
  return spec.preview ? [...slots, spec.preview.token] : slots;
}

function linesOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  return lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : [];
}

/** A value of JSON with every text in it masked. */
export function maskedValue(value: unknown, mask: Mask): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskedValue(item, mask)]));
}

function secretsIn(task: Task): string[] {
  if (!("spec" in task) || task.spec === null) return [];
  return "parameters" in task.spec ? Object.values(task.spec.parameters) : secretsOf(task.spec);
}

/** Hides all that is secret in a task. */
export function maskOf(task: Task, passphrase: string): Mask {
  return masking([...secretsIn(task), passphrase]);
}
