import { isDeepStrictEqual } from "node:util";
import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import { readTenantDataOutputs } from "../../model/tenantData.ts";
import { dataProject, toDataConfig } from "../../tenant/data/config.ts";
import { dataSpec, type DataSpec } from "../../tenant/data/spec.ts";
import { stackNameOf } from "../../tenant/plan/names.ts";
import { classify } from "./classify.ts";
import { plan, printing, scratchOf, type Context } from "./context.ts";
import { destroyData } from "./dataDestroy.ts";
import { creationsBrokenOff, lastOf } from "./dataHistory.ts";
import { maskOf } from "./mask.ts";
import { previewView } from "./plan.ts";
import { pastDeadLocks } from "./recover.ts";
import type { DataPreview, DataTask, DataUpResult, LastData, Results } from "./tasks.ts";
import { watch, type Watch } from "./watch.ts";

/** Runs one task on a stack of project `tenant-data`, as operations.ts does on tenants' own. */
export async function runData(task: DataTask, context: Context): Promise<Results[DataTask["do"]]> {
  const stack = stackNameOf("place" in task ? task.place : task.spec);
  const seen = watch();
  try {
    switch (task.do) {
      case "dataUp":
        return await up(task, context, seen);
      case "dataPreview":
        return await preview(task.spec, context, seen);
      case "dataLast":
        return await last(stack, context);
      case "dataDestroy":
        return await destroyData(stack, task, context, seen);
    }
  } catch (error) {
    throw classify({
      stack: `${dataProject} ${stack}`,
      error,
      diagnostics: seen.errors,
      mask: maskOf(task, context.passphrase),
    });
  }
}

/** A stack that was brought to just this spec is not opened again: neither its resources nor its program are looked at. */
async function up(
  { spec, message }: Extract<DataTask, { do: "dataUp" }>,
  context: Context,
  seen: Watch,
): Promise<DataUpResult> {
  const { workspace, signal, permit, print } = context;
  const began = performance.now();
  const name = stackNameOf(spec);
  const wanted = dataSpec.parse(spec);
  const found = await last(name, context);
  const opened = !(found?.settled && isDeepStrictEqual(found.spec, wanted));
  const outputs = await workspace.configured(name, toDataConfig(wanted), async () => {
    const stack = await workspace.createOrSelect(name);
    if (opened) {
      const lost = await pastDeadLocks(stack, seen.repaired, () => creationsBrokenOff(stack));
      await pastDeadLocks(stack, seen.repaired, () =>
        workspace.guarded(permit, () => stack.up({ ...printing(print), signal, message, onEvent: seen.onEvent })),
      );
      seen.repaired.push(
        ...lost.map((urn) => `The creation of ${urn} was broken off before: what it had made then may be there twice.`),
      );
    }
    return stack.outputs();
  });
  const { changes, repaired } = seen;
  return { opened, changes, repaired, durationMs: Math.round(performance.now() - began), ...toldBy(outputs) };
}

function toldBy(outputs: OutputMap): Pick<DataUpResult, "data" | "admin"> {
  const admin = outputs["admin"]?.value as DataUpResult["admin"] | undefined;
  return { data: readTenantDataOutputs(outputs["data"]?.value), admin: admin ?? null };
}

/** As for tenants' own stacks: without a stack against an empty state of its own, of which nothing stays. */
async function preview(spec: DataSpec, context: Context, seen: Watch): Promise<DataPreview> {
  const { workspace } = context;
  const name = stackNameOf(spec);
  const config = toDataConfig(dataSpec.parse(spec));
  workspace.forget(name);
  const existing = await workspace.select(name);
  if (existing)
    return workspace.configured(name, config, async () => ({
      exists: (await lastOf(existing))?.settled === true,
      ...previewView(await plan(existing, context, seen)),
    }));
  return scratchOf(context, (scratch) =>
    scratch.configured(name, config, async () => {
      const stack = await scratch.createOrSelect(name);
      return { exists: false, ...previewView(await plan(stack, context, seen)) };
    }),
  );
}

async function last(name: string, { workspace }: Context): Promise<LastData | null> {
  workspace.forget(name);
  const stack = await workspace.select(name);
  return stack ? await workspace.configured(name, {}, () => lastOf(stack)) : null;
}
