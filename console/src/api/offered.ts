import { send } from "./send.ts";
import type { AttentionItem } from "./types.ts";

/** Does what an answer offers as an action: a call that the answer itself spells out. */
export function offered(
  action: AttentionItem["actions"][number],
  reason: string,
  key: string,
): Promise<Record<string, unknown>> {
  const content = { reason, ...(action.plan !== undefined && { plan: action.plan }) };
  return send(action.method, action.path, content, key);
}
