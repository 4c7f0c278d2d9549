import { toDataConfig } from "../../tenant/data/config.ts";
import { dataSpec } from "../../tenant/data/spec.ts";
import { printing, type Context } from "./context.ts";
import { creationsBrokenOff, toldToLeave } from "./dataHistory.ts";
import { pastDeadLocks } from "./recover.ts";
import type { DataTask, Results } from "./tasks.ts";
import type { Watch } from "./watch.ts";

/**
 * Destroys a data stack, once it has been told that it is leaving: only then Pulumi and AWS let go of what holds data. Where it was told
 * so before, as before a crash, it is not told again, which would make anew what is gone by now.
 */
export async function destroyData(
  name: string,
  { spec, message }: Extract<DataTask, { do: "dataDestroy" }>,
  { workspace, signal, permit, print }: Context,
  seen: Watch,
): Promise<Results["dataDestroy"]> {
  const { repaired } = seen;
  workspace.forget(name);
  const stack = await workspace.select(name);
  if (!stack) return { repaired };
  const wanted = spec && dataSpec.parse(spec);
  const config = wanted ? toDataConfig(wanted) : {};
  const options = { ...printing(print), signal, message, onEvent: seen.onEvent };
  await workspace.configured(name, config, async () => {
    const lost = await pastDeadLocks(stack, repaired, () => creationsBrokenOff(stack));
    if (wanted && !(await toldToLeave(stack, wanted.leaving)))
      await pastDeadLocks(stack, repaired, () =>
        workspace.guarded(permit, () => stack.up({ ...options, continueOnError: true })),
      ).catch((error: unknown) => {
        // A stack that could never be made can't be brought up now either: destroying it says whether it holds anything still protected.
        if (wanted.leaving !== "aborted") throw error;
        repaired.push("The stack could not be brought up to be told that it is leaving; it was destroyed as it was.");
      });
    await permit();
    await pastDeadLocks(stack, repaired, () => stack.destroy(options));
    await workspace.remove(name);
    repaired.push(
      ...lost.map((urn) => `The creation of ${urn} was broken off before: look for it by the tenant's tags.`),
    );
  });
  return { repaired };
}
