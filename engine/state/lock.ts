/** A stack's lock: whoever has it may write the stack's state, and nobody else. */
import { join } from "node:path";
import { paths, removeLeftovers, type Backend } from "./backend.ts";
import type { Lock } from "./store.ts";
import type { StackId } from "./urn.ts";

/**
 * Takes the stack's lock or fails with Pulumi's own words, by which the Automation API knows a concurrent update. Locks
 * whose holders are known to have died are removed.
 */
export async function lockStack(backend: Backend, id: StackId): Promise<Lock> {
  const lock = await backend.store.lock(paths.locks(backend, id));
  try {
    if (lock.abandoned.length > 0) await removeLeftovers(backend, id);
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Removes every lock of the stack, whoever holds it: what `pulumi cancel` does. */
export async function removeLocks(backend: Backend, id: StackId): Promise<void> {
  const { store } = backend;
  const directory = paths.locks(backend, id);
  await store.remove((await store.names(directory)).map((name) => join(directory, name)));
}
