import { createHmac } from "node:crypto";
import { keyOf } from "../../model/webhook.ts";

/** The headers by which a receiver knows a call for Teal's own and a repeated one again: standardwebhooks.com. */
export function signedHeaders(secret: string, id: string, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
