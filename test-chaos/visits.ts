import type { TestTeal } from "../test/e2e/teal.ts";

/** Between requests of one visitor; several visitors and two Teals share the machine. */
const pauseMs = 20;

export interface Visits {
  stop(): Promise<{ requests: number; failures: string[] }>;
}

/**
 * Requests to a tenant through the gateway until stopped. `suspended`: a tenant that a person has suspended may say so.
 */
export function visit(teal: TestTeal, id: string, { suspended = false } = {}): Visits {
  let going = true;
  let requests = 0;
  const failures: string[] = [];
  const once = async () => {
    const { status, body } = await teal.visit(id);
    if (status === 200) return;
    const text = JSON.stringify(body);
    if (!(suspended && status === 503 && /suspended|maintenance/.test(text))) failures.push(`${id}: ${status} ${text}`);
  };
  const loop = (async () => {
    while (going) {
      requests++;
      await once().catch((error: Error) => failures.push(`${id}: ${error.message}`));
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  })();
  const stop = async () => {
    going = false;
    await loop;
    return { requests, failures };
  };
  teal.cleanups.push(stop);
  return { stop };
}
