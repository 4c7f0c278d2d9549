import { askForToken } from "./client.ts";
import { identityHeaders } from "./identity.ts";
import { Problem, unreachable } from "./problem.ts";

/** A call by a path that an answer or the caller spells out; its answer's body, or a `Problem`. */
export async function send<T>(method: "GET" | "POST", path: string, content?: unknown, key?: string): Promise<T> {
  const answer = await fetch(path, {
    method,
    cache: "no-store",
    headers: {
      ...identityHeaders(),
      ...(content !== undefined && { "Content-Type": "application/json" }),
      ...(key !== undefined && { "Idempotency-Key": key }),
    },
    ...(content !== undefined && { body: JSON.stringify(content) }),
  }).catch(() => {
    throw unreachable();
  });
  const given: unknown = await answer.json().catch(() => ({}));
  if (answer.status === 401) askForToken();
  if (!answer.ok) throw new Problem(answer.status, given as Record<string, unknown>);
  return given as T;
}
