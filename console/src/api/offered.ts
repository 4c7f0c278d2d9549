import { askForToken } from "./client.ts";
import { identityHeaders } from "./identity.ts";
import { Problem, unreachable } from "./problem.ts";
import type { AttentionItem } from "./types.ts";

/** Does what an answer offers as an action: a call that the answer itself spells out. */
export async function offered(
  action: AttentionItem["actions"][number],
  reason: string,
  key: string,
): Promise<Record<string, unknown>> {
  const answer = await fetch(action.path, {
    method: action.method,
    headers: { ...identityHeaders(), "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify({ reason, ...(action.plan !== undefined && { plan: action.plan }) }),
  }).catch(() => {
    throw unreachable();
  });
  const given = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (answer.status === 401) askForToken();
  if (!answer.ok) throw new Problem(answer.status, given);
  return given;
}
