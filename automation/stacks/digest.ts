import { createHash } from "node:crypto";

/** Stands for `parts`, in any order: 16 hex digits. */
export function digestOf(parts: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([...parts].sort()))
    .digest("hex")
    .slice(0, 16);
}
