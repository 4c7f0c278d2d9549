import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Stack, UpdateSummary } from "@pulumi/pulumi/automation/index.js";
import type { PlannedStep } from "./plan.ts";
import { watch, type Watch } from "./watch.ts";
import type { Workspace } from "./workspace.ts";

/** What an operation has at hand. */
export interface Context {
  workspace: Workspace;
  /** Where scratch directories go. */
  directory: string;
  passphrase: string;
  signal: AbortSignal;
  /** Asks whether it may still be done; throws where it may not. */
  permit(): Promise<void>;
  /** Gets what Pulumi prints. */
  print: (chunk: string) => void;
}

export const quiet = { color: "never" } as const;

/** Kept even where the operation fails: what Pulumi printed by then is what shows why. */
export function printing(print: Context["print"]) {
  return { ...quiet, onOutput: print, onError: print };
}

/** How far back it is looked for an update that did not fail. */
export const recent = 5;

export function changedNothing({ result, resourceChanges = {} }: UpdateSummary): boolean {
  return result === "failed" && Object.entries(resourceChanges).every(([op, count]) => op === "same" || count === 0);
}

export async function plan(
  stack: Stack,
  { signal, print }: Pick<Context, "signal" | "print">,
  seen: Watch,
): Promise<PlannedStep[]> {
  const planned = watch();
  const onEvent: Watch["onEvent"] = (event) => {
    planned.onEvent(event);
    if (event.diagnosticEvent?.severity === "error") seen.onEvent(event);
  };
  await stack.preview({ ...printing(print), signal, onEvent });
  return planned.steps;
}

/** Runs `action` on a workspace with an empty state of its own, of which nothing stays. */
export async function scratchOf<T>(
  { workspace, directory }: Pick<Context, "workspace" | "directory">,
  action: (scratch: Workspace) => Promise<T>,
): Promise<T> {
  const own = await mkdtemp(join(directory, "preview-"));
  try {
    return await action(await workspace.scratch(own));
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
