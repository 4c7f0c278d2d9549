import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStacks, type Stacks } from "../../automation/stacks/stacks.ts";

/** Teal's stack operations with the embedded engine, on a cluster as whoever `kubeconfig` says. */
export async function embeddedStacks(kubeconfig: string): Promise<Stacks> {
  const state = await mkdtemp(join(tmpdir(), "teal-state-"));
  let salt: string | null = null;
  const stacks = await createStacks({
    commandModule: new URL("../../engine/command.ts", import.meta.url),
    backendUrl: `file://${state}`,
    passphrase: "a passphrase for tests",
    kubeconfig,
    threads: 2,
    salt: { get: () => Promise.resolve(salt), set: (made) => Promise.resolve((salt ??= made)) },
    log: { warn: () => undefined },
  });
  const close = async () => {
    await stacks.close();
    await rm(state, { recursive: true, force: true });
  };
  return { ...stacks, close };
}
