import type { ConfigMap, Stack, UpdateSummary } from "@pulumi/pulumi/automation/index.js";
import { TealError } from "../../model/errors.ts";
import { dataProject, fromDataConfig } from "../../tenant/data/config.ts";
import type { DataSpec } from "../../tenant/data/spec.ts";
import { changedNothing, recent } from "./context.ts";
import type { LastData } from "./tasks.ts";

/** What a crash kept from being written down. An object of AWS's may be there, which nobody can know by its name alone. */
export async function creationsBrokenOff(stack: Stack): Promise<string[]> {
  const { deployment } = await stack.exportStack();
  const { pending_operations: pending = [] } = deployment as {
    pending_operations?: { type: string; resource: { urn: string } }[];
  };
  return pending.filter(({ type }) => type === "creating").map(({ resource }) => resource.urn);
}

/** What the stack was given last; null where there was none. */
export async function lastOf(stack: Stack): Promise<LastData | null> {
  const found = await lastGiven(stack);
  if (!found || Object.keys(found.update.config).length === 0) return null;
  return { spec: specIn(found.update.config), settled: found.newest && found.update.result === "succeeded" };
}

/** Whether an update to what is leaving has succeeded: from then on it is only destroyed, however often that is tried. */
export async function toldToLeave(stack: Stack, leaving: DataSpec["leaving"]): Promise<boolean> {
  const found = await lastGiven(stack);
  return found?.update.result === "succeeded" && specIn(found.update.config).leaving === leaving;
}

/** `newest`: nothing was tried since. What the program refused, and what was not permitted, says nothing of the stack. */
async function lastGiven(stack: Stack): Promise<{ update: UpdateSummary; newest: boolean } | undefined> {
  for (let page = 1; ; page++) {
    const history = await stack.history(recent, page, true);
    const update = history.find((one) => one.kind !== "destroy" && !changedNothing(one));
    if (update) return { update, newest: page === 1 && update === history[0] };
    if (history.length < recent) return undefined;
  }
}

/** Throws `data_stack_unreadable`: where nobody can tell which cluster is in use, none may be made or left out by guessing. */
function specIn(config: ConfigMap): DataSpec {
  try {
    return fromDataConfig((key) => config[`${dataProject}:${key}`]?.value);
  } catch (error) {
    if (!(error instanceof TealError)) throw error;
    const message = `What the tenant's data stack was given last can't be read: ${error.message} Bring it up by hand (pulumi up in tenant/data) with config as it should be.`;
    throw new TealError("data_stack_unreadable", message, {
      data: { cause: "person", retriable: false, evidence: [] },
    });
  }
}
