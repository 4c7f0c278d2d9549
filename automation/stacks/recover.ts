import { hostname } from "node:os";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { lockHolders } from "./classify.ts";

/**
 * Runs `action`; where it is refused for a lock whose holders are known to be dead, the lock is broken, which `repaired`
 * then tells, and the action run once more. A holder on another host, or one that lives, is never touched.
 */
export async function pastDeadLocks<T>(stack: Stack, repaired: string[], action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const holders = lockHolders(error);
    if (holders.length === 0 || !holders.every(isDead)) throw error;
    await stack.cancel();
    const whose = holders.map(({ host, pid }) => `${host} (pid ${pid})`).join(", ");
    repaired.push(`The stack was left locked by ${whose}, whose process has ended; the lock was removed.`);
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

/** Of an exported deployment, what matters here. */
interface Deployment {
  resources?: Resource[];
  pending_operations?: { type: string; resource: Resource }[];
}

interface Resource {
  urn: string;
  type: string;
  inputs?: { metadata?: { name?: string; namespace?: string } };
}

/**
 * Clears operations that a crash left pending. All of a tenant's objects are applied server-side under names of their
 * own, so the update that came after the crash has made or changed them, whatever had become of them before.
 */
export async function clearPending(stack: Stack): Promise<void> {
  const { version, deployment } = await stack.exportStack();
  const { pending_operations: pending, ...rest } = deployment as Deployment;
  if (pending && pending.length > 0) await stack.importStack({ version, deployment: rest });
}

/**
 * Takes objects whose creation a crash broke off for made, so that they are deleted with the rest of the stack: whether
 * they are there nobody knows, and an object that isn't is deleted in vain. Gives what was taken so, in words.
 */
export async function ownPending(stack: Stack): Promise<string[]> {
  const { version, deployment } = await stack.exportStack();
  const { pending_operations: pending = [], ...rest } = deployment as Deployment;
  if (pending.length === 0) return [];
  const created = pending.filter(({ type, resource }) => type === "creating" && idOf(resource) !== undefined);
  const made = created.map(({ resource }) => {
    const { inputs } = resource;
    return { ...resource, id: idOf(resource), outputs: { ...inputs, __inputs: inputs } };
  });
  await stack.importStack({ version, deployment: { ...rest, resources: [...(rest.resources ?? []), ...made] } });
  return made.map(({ urn }) => `The creation of ${urn} was broken off: it is deleted, should it be there.`);
}

/** As Pulumi's Kubernetes provider names objects; undefined for what is nothing outside of the stack. */
function idOf({ type, inputs }: Resource): string | undefined {
  const { name, namespace } = inputs?.metadata ?? {};
  if (!type.startsWith("kubernetes:") || name === undefined) return undefined;
  return namespace === undefined ? name : `${namespace}/${name}`;
}
