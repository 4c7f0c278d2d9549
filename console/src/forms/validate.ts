import type { z } from "zod";

/** What is wrong with a form's content, by JSON pointer: the very schemas that the API checks by say so. */
export type Faults = ReadonlyMap<string, string>;

export function faultsOf(schema: z.ZodType, value: unknown): Faults {
  const { error } = schema.safeParse(value);
  const faults = new Map<string, string>();
  for (const { path, message, code } of error?.issues ?? []) {
    const pointer = path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    const text =
      code === "too_small" && message.startsWith("Too small: expected string") ? "This can't be left empty." : message;
    if (!faults.has(pointer)) faults.set(pointer, text);
  }
  return faults;
}

/** The fault at `pointer` or below it. */
export function faultAt(faults: Faults, pointer: string): string | undefined {
  const exact = faults.get(pointer);
  if (exact !== undefined) return exact;
  for (const [at, text] of faults) if (at.startsWith(`${pointer}/`)) return text;
  return undefined;
}
