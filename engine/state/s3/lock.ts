/**
 * A stack's lock in S3. Pulumi's protocol is that everyone writes a lock of his own, looks for others', and withdraws where
 * there is one. Here all of ours have one name, and S3 lets one writer create it: among our engines it is decided by that
 * write, and a CLI finds a lock as its own are.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { TealError } from "../../../model/errors.ts";
import {
  hasDied,
  holderOf,
  holdInMemory,
  ownContent,
  parseLock,
  stackLocked,
  type LockContent,
} from "../lockContent.ts";
import type { Lock } from "../store.ts";
import { putIf } from "./conditional.ts";
import { isRefusedCondition } from "./errors.ts";
import { Lease, renewMs } from "./lease.ts";
import { getObject, listObjects, putObject, type Listed } from "./objects.ts";
import type { S3Place } from "./url.ts";

interface S3LockContent extends LockContent {
  readonly id: string;
  /** Where its pid means a process. */
  readonly machine?: string;
}

const machine = machineId();

export async function lockInS3(place: S3Place, directory: string, show: (key: string) => string): Promise<Lock> {
  const key = `${directory}/teal.json`;
  const id = randomUUID();
  const forget = await holdInMemory(nameInMemory(id));
  try {
    const where = await machine;
    const own = { ...(await ownContent()), ...(where !== undefined && { machine: where }), id };
    const text = JSON.stringify(own);
    const created = await putIf(place, key, text, "missing");
    const taken = created === undefined ? await takeOver(place, key, text, show) : { etag: created, abandoned: [] };
    const lease = new Lease(place, key, text, taken.etag);
    const release = async () => {
      try {
        await lease.release();
      } finally {
        forget();
      }
    };
    try {
      await refuseUnconditional(place, key, text);
      // The CLI may have looked before this lock was there: whoever sees another's now gives up.
      const others = (await listObjects(place, directory)).objects.filter((other) => other.key !== key);
      if (others.length > 0) throw await lockedBy(place, others, show);
    } catch (error) {
      await release();
      throw error;
    }
    const { abandoned } = taken;
    return { abandoned, lost: lease.lost, release, [Symbol.asyncDispose]: release };
  } catch (error) {
    forget();
    throw error;
  }
}

/** Takes the lock of a holder that has died. Of many who try it, S3 lets one; the others are told that it is locked. */
async function takeOver(place: S3Place, key: string, text: string, show: (key: string) => string) {
  const { objects } = await listObjects(place, key.slice(0, key.lastIndexOf("/")));
  const listed = objects.find((object) => object.key === key);
  // Released since: it is anybody's again.
  if (!listed) {
    const etag = await putIf(place, key, text, "missing");
    if (etag !== undefined) return { etag, abandoned: [] };
    throw await lockedBy(place, (await listObjects(place, key.slice(0, key.lastIndexOf("/")))).objects, show);
  }
  const found = await getObject(place, key);
  if (objects.length === 1 && found?.etag === listed.etag) {
    const content = parseLock<S3LockContent>(found.text);
    if (await isAbandoned(content)) {
      const etag = await putIf(place, key, text, { etag: found.etag });
      if (etag !== undefined) return { etag, abandoned: [holderOf(content)] };
    }
  }
  throw await lockedBy(place, objects, show);
}

/**
 * Whether its holder is known to have died: one of this machine, whose process is gone. That a lock was not renewed is no
 * proof, for a machine may sleep and then go on where it was. The CLI's stay until a person removes them.
 */
async function isAbandoned(content: LockContent & Partial<S3LockContent>): Promise<boolean> {
  if (content.id === undefined || content.machine === undefined) return false;
  const here = content.hostname === hostname() && content.machine === (await machine);
  return here && (await hasDied(content, nameInMemory(content.id)));
}

async function lockedBy(place: S3Place, objects: readonly Listed[], show: (key: string) => string): Promise<TealError> {
  const held = await Promise.all(
    objects.map(async ({ key, age }) => {
      const content = parseLock<S3LockContent>((await getObject(place, key))?.text ?? "");
      // Hosts of several machines may have one name: a pid of theirs says nothing here.
      const host = content.machine === undefined ? content.hostname : `${content.hostname}/${content.machine}`;
      const holder = holderOf({ ...content, hostname: host });
      const silent = content.id !== undefined && age > 3 * renewMs;
      return { url: show(key), holder: silent ? `${holder}, not renewed for ${Math.round(age / 1000)} s` : holder };
    }),
  );
  return stackLocked(held);
}

function nameInMemory(id: string): string {
  return `teal-state-lock-${id}`;
}

/**
 * This boot of this kernel, and the namespace that has the host's name: containers have one each, and keep it when they are
 * started again within their pod. Undefined where the system tells no such thing: there no holder is known to have died.
 */
async function machineId(): Promise<string | undefined> {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    const host = await readlink("/proc/self/ns/uts");
    return createHash("sha256").update(`${boot.trim()} ${host}`).digest("hex").slice(0, 12);
  } catch {
    return undefined;
  }
}

const trusted = new Set<string>();

/** Stores that speak S3 and know no conditions write all the same: such a one would let two hold a lock. Asked once. */
async function refuseUnconditional(place: S3Place, key: string, text: string): Promise<void> {
  const name = `${place.endpoint ?? ""} ${place.bucket}`;
  if (trusted.has(name)) return;
  try {
    await putObject(place, key, text, "missing");
  } catch (error) {
    if (!isRefusedCondition(error)) throw error;
    trusted.add(name);
    return;
  }
  throw new TealError(
    "state_s3_unconditional",
    `stack state: expected bucket ${place.bucket} to refuse to write an object twice (If-None-Match), as S3 does, but it wrote it: locks can't be kept there. Use Amazon S3, or a store that knows conditional writes`,
  );
}
