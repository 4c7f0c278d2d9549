import { hostname } from "node:os";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { lockHolders } from "./classify.ts";

/**
 * Runs `action`; where it is refused for a lock whose holders are known to be dead, the lock is broken and the action
 * run once more. A holder on another host, or one that lives, is never touched.
 */
export async function pastDeadLocks<T>(stack: Stack, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const holders = lockHolders(error);
    if (holders.length === 0 || !holders.every(isDead)) throw error;
    await stack.cancel();
    return await action();
  }
}

function isDead({ host, pid }: { host: string; pid: number }): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/**
 * Clears operations that a crash left pending. All of a tenant's objects are applied server-side under names of their
 * own, so the update that came after the crash has made or changed them, whatever had become of them before.
 */
export async function clearPending(stack: Stack): Promise<void> {
  const { version, deployment } = await stack.exportStack();
  const { pending_operations: pending, ...rest } = deployment as { pending_operations?: unknown[] };
  if (pending && pending.length > 0) await stack.importStack({ version, deployment: rest });
}
