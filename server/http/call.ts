import { createHash } from "node:crypto";
import { z } from "zod";
import type { Call } from "../../automation/automation.ts";

export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, { error: "Expected 1 to 255 printable ASCII characters without spaces." })
  .meta({ description: "The same key with the same body gives the same answer, and does nothing twice" });

export const actor = z
  .string()
  .regex(/^[\x20-\x7e]{1,100}$/, { error: "Expected 1 to 100 printable ASCII characters." })
  .meta({ description: "Who acts, as shown in the ledger" });

/** Who calls and how a repetition is recognised. `route` is the method and the path with its parameters filled in. */
export function callOf(from: { actor: string; key?: string; route: string; body: unknown }): Call {
  if (from.key === undefined) return { actor: from.actor };
  return {
    actor: from.actor,
    idempotency: { key: from.key, route: from.route, bodyHash: hash(canonical(from.body)) },
  };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** JSON with sorted keys, so that equal values give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
