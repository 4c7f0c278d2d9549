import type { Deps, Health } from "./deps.ts";

/** Whether ledger, queue and what lies outside answer, each asked at once. */
export async function health({ ledger, queue, health: others }: Deps): Promise<Health[]> {
  const [own, rest] = await Promise.all([
    Promise.all([look("ledger", () => ledger.ping()), look("queue", () => queue.ping())]),
    others(),
  ]);
  return [...own, ...rest];
}

async function look(name: string, ask: () => Promise<void>): Promise<Health> {
  try {
    await ask();
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
