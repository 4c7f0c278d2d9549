/** Writes that S3 does only where a condition holds: what makes one writer of many sure to be the only one. */
import { setTimeout as pause } from "node:timers/promises";
import { isConflict, isRefusedCondition } from "./errors.ts";
import { deleteObject, getObject, putObject, type Condition } from "./objects.ts";
import type { S3Place } from "./url.ts";

const mostConflicts = 8;

/**
 * The new object's ETag; `undefined` where the condition does not hold. An answer may get lost after S3 has written, and the
 * SDK's next try is then refused for what the first has done: so what is there is looked at before it is taken for another's.
 * No two writers may write the same text.
 */
export async function putIf(
  place: S3Place,
  key: string,
  text: string,
  condition: Condition,
): Promise<string | undefined> {
  try {
    return await pastConflicts(() => putObject(place, key, text, condition));
  } catch (error) {
    if (condition === "any" || !isRefusedCondition(error)) throw error;
    const found = await getObject(place, key);
    return found?.text === text ? found.etag : undefined;
  }
}

/** Removes the object if it is still the one with this ETag. */
export async function deleteIf(place: S3Place, key: string, etag: string): Promise<void> {
  try {
    await pastConflicts(() => deleteObject(place, key, etag));
  } catch (error) {
    if (!isRefusedCondition(error)) throw error;
  }
}

async function pastConflicts<T>(action: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await action();
    } catch (error) {
      if (!isConflict(error) || tries === mostConflicts) throw error;
      await pause(Math.random() * 25 * 2 ** tries);
    }
  }
}
