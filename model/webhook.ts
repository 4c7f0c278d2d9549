import { z } from "zod";
import { environmentName } from "./environment.ts";

const prefix = "whsec_";
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

const secret = z
  .string()
  .min(16)
  .max(500)
  .refine((text) => !text.startsWith(prefix) || (text.length > prefix.length + 16 && isBase64(text)), {
    error: `Expected base64 of at least 16 characters after ${prefix}.`,
  })
  .meta({ description: "What calls are signed with: `whsec_` and base64, or any text", writeOnly: true });

function isBase64(text: string): boolean {
  return base64.test(text.slice(prefix.length));
}

/** The bytes that a secret stands for, as Standard Webhooks has it. */
export function keyOf(secret: string): Buffer {
  return secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), "base64") : Buffer.from(secret);
}

export const newWebhook = z
  .strictObject({
    url: z.string().min(1).max(2000).meta({ description: "https only", example: "https://hooks.example.com/teal" }),
    secret,
    remindMinutes: z
      .int()
      .min(1)
      .max(10_080)
      .default(60)
      .meta({ description: "After how long it is told again that an operation still waits" }),
  })
  .meta({ id: "NewWebhook" });
export type NewWebhook = z.infer<typeof newWebhook>;

export const webhookView = z
  .object({
    environment: environmentName,
    url: z.string(),
    remindMinutes: z.int(),
    changed: z.object({ at: z.iso.datetime(), by: z.string(), reason: z.string().optional() }),
  })
  .meta({ id: "Webhook", description: "Where an environment's operations tell that they need a person" });
export type WebhookView = z.infer<typeof webhookView>;

export const webhookTestView = z
  .object({
    delivered: z.boolean().meta({ description: "A status from 200 to 299 came back" }),
    status: z.int().nullable().meta({ description: "The HTTP status that came back; null: none did" }),
    problem: z.string().optional().meta({ description: "Why it counts as not delivered" }),
    milliseconds: z.int(),
  })
  .meta({ id: "WebhookTest" });
export type WebhookTestView = z.infer<typeof webhookTestView>;
