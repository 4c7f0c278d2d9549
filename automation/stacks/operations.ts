import type { ConfigMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { stackLimits } from "../../model/console/stack.ts";
import { TealError } from "../../model/errors.ts";
import type { PreviewView } from "../../model/views.ts";
import { fromConfig, project, toStackConfig } from "../../tenant/config.ts";
import { stackNameOf } from "../../tenant/plan/names.ts";
import { tenantSpec, type TenantSpec } from "../../tenant/spec.ts";
import { classify, isStackMissing } from "./classify.ts";
import { contentsOf } from "./contents.ts";
import { changedNothing, plan, printing, quiet, recent, scratchOf, type Context } from "./context.ts";
import { driftWatch, type StackDrift } from "./drift.ts";
import { masking, maskOf, secretsOf } from "./mask.ts";
import { beyondRoute, planDigest, previewView, type PlannedStep } from "./plan.ts";
import { clearPending, ownPending, pastDeadLocks } from "./recover.ts";
import type { Results, TenantTask, UpResult } from "./tasks.ts";
import { watch, type Watch } from "./watch.ts";

/** Runs one task. Every error is a TealError with data `{cause, retriable, evidence}`. */
export async function run(task: TenantTask, context: Context): Promise<Results[TenantTask["do"]]> {
  const place = "spec" in task ? task.spec : "place" in task ? task.place : null;
  const stack = place ? stackNameOf(place) : "";
  const seen = watch();
  try {
    switch (task.do) {
      case "up":
        return await up(task.spec, task, context, seen);
      case "preview":
        return await preview(task.spec, context, seen);
      case "destroy":
        return await destroy(stack, context, seen);
      case "outputs":
        return await outputs(stack, context);
      case "last":
        return await last(stack, context);
      case "lastUpdate":
        return await lastUpdate(stack, context);
      case "read":
        return await read(stack, context);
      case "list":
        return await context.workspace.list();
      case "drift":
        return await drift(task.spec, context, seen);
    }
  } catch (error) {
    throw classify({ stack, error, diagnostics: seen.errors, mask: maskOf(task, context.passphrase) });
  }
}

async function up(
  spec: TenantSpec,
  { routeOnly, plan: approved, shown, message }: Extract<TenantTask, { do: "up" }>,
  { workspace, signal, passphrase, permit, print }: Context,
  seen: Watch,
): Promise<UpResult> {
  const began = performance.now();
  const name = stackNameOf(spec);
  await workspace.configured(name, toStackConfig(checked(spec)), async () => {
    const update = async () => {
      const stack = await workspace.createOrSelect(name);
      if (routeOnly) refuseBeyondRoute(name, approved, await plan(stack, { signal, print }, seen));
      if (shown) refuseUnshown(name, shown, await driftOf(stack, spec, { signal, passphrase }, seen));
      await pastDeadLocks(stack, seen.repaired, () =>
        workspace.guarded(permit, () =>
          stack.up({ ...printing(print), refresh: shown !== undefined, signal, message, onEvent: seen.onEvent }),
        ),
      );
      if (seen.pending) {
        await clearPending(stack);
        seen.repaired.push("What its last update had begun and not ended was brought to an end.");
      }
    };
    await update().catch(async (error: unknown) => {
      if (!isStackMissing(error)) throw error;
      // Another worker has removed it since it was last seen here.
      workspace.forget(name);
      await update();
    });
  });
  const { changes, repaired } = seen;
  return { changes, repaired, durationMs: Math.round(performance.now() - began) };
}

/** A real preview. For a stack that isn't there yet it goes against an empty state of its own, of which nothing stays. */
async function preview(spec: TenantSpec, context: Context, seen: Watch): Promise<PreviewView> {
  const { workspace } = context;
  const name = stackNameOf(spec);
  const config = toStackConfig(checked(spec));
  // What is known may be out of date, and a preview may not fail for that.
  workspace.forget(name);
  const existing = await workspace.select(name);
  if (existing) return workspace.configured(name, config, async () => previewView(await plan(existing, context, seen)));

  return scratchOf(context, (scratch) =>
    scratch.configured(name, config, async () => {
      const stack = await scratch.createOrSelect(name);
      return previewView(await plan(stack, context, seen));
    }),
  );
}

async function destroy(
  name: string,
  { workspace, signal, permit, print }: Context,
  seen: Watch,
): Promise<Results["destroy"]> {
  const { repaired } = seen;
  workspace.forget(name);
  const stack = await workspace.select(name);
  if (!stack) return { repaired };
  const message = "Teal: offboard";
  await permit();
  await workspace.configured(name, {}, async () => {
    repaired.push(...(await pastDeadLocks(stack, repaired, () => ownPending(stack))));
    await pastDeadLocks(stack, repaired, () =>
      stack.destroy({ ...printing(print), signal, message, onEvent: seen.onEvent }),
    );
    await workspace.remove(name);
  });
  return { repaired };
}

/** What the stack holds, for people to look at. */
async function read(name: string, { workspace }: Context): Promise<Results["read"]> {
  workspace.forget(name);
  const stack = await workspace.select(name);
  if (!stack) return null;
  return workspace.configured(name, {}, async () => {
    const history = await stack.history(stackLimits.updates, 1, false);
    return contentsOf((await stack.exportStack()).deployment, history);
  });
}

/** What the stack's last update was given, by whomever. */
async function last(name: string, { workspace }: Context): Promise<Results["last"]> {
  workspace.forget(name);
  const stack = await workspace.select(name);
  if (!stack) return null;
  const history = await workspace.configured(name, {}, () => stack.history(recent, 1, true));
  if (!history[0] || Object.keys(history[0].config).length === 0) return null;
  // The program refuses what it can't read, and what is not permitted: such a try says nothing of the stack.
  const told = history.find((update) => !changedNothing(update));
  if (told) return specIn(told.config) ?? "unreadable";
  return history.map(({ config }) => specIn(config)).find((spec) => spec !== undefined) ?? "unreadable";
}

async function lastUpdate(name: string, { workspace }: Context): Promise<Results["lastUpdate"]> {
  workspace.forget(name);
  const stack = await workspace.select(name);
  if (!stack) return null;
  const [update] = await workspace.configured(name, {}, () => stack.history(1, 1));
  if (!update) return null;
  return { version: update.version, at: new Date(update.endTime ?? update.startTime).toISOString() };
}

function specIn(config: ConfigMap): TenantSpec | undefined {
  try {
    return fromConfig((key) => config[`${project}:${key}`]?.value);
  } catch (error) {
    if (error instanceof TealError && error.code === "stack_config_invalid") return undefined;
    throw error;
  }
}

/** How the cluster differs from `spec`: what a preview would change that has first read every object anew. */
async function drift(spec: TenantSpec, context: Context, seen: Watch): Promise<StackDrift> {
  const { workspace } = context;
  const name = stackNameOf(spec);
  workspace.forget(name);
  const stack = await workspace.select(name);
  if (!stack) throw stackGone(name);
  return workspace.configured(name, toStackConfig(checked(spec)), () => driftOf(stack, spec, context, seen));
}

async function driftOf(
  stack: Stack,
  spec: TenantSpec,
  { signal, passphrase }: Pick<Context, "signal" | "passphrase">,
  seen: Watch,
): Promise<StackDrift> {
  const drifted = driftWatch(masking([...secretsOf(spec), passphrase]));
  const onEvent: Watch["onEvent"] = (event) => {
    drifted.onEvent(event);
    if (event.diagnosticEvent?.severity === "error") seen.onEvent(event);
  };
  await stack.preview({ ...quiet, refresh: true, signal, onEvent });
  return drifted.drift();
}

async function outputs(name: string, { workspace }: Context): Promise<Record<string, unknown> | null> {
  workspace.forget(name);
  const stack = await workspace.select(name);
  if (!stack) return null;
  const found = await workspace.configured(name, {}, () => stack.outputs());
  return Object.fromEntries(
    Object.entries(found).map(([key, { value, secret }]) => [key, secret ? "[secret]" : value]),
  );
}

function refuseBeyondRoute(stack: string, approved: string | undefined, steps: PlannedStep[]): void {
  const beyond = beyondRoute(steps);
  // Nothing left to do: a crash came after it was done.
  if (approved !== undefined && steps.length > 0 && planDigest(steps) !== approved) throw planChanged(stack);
  if (beyond.length === 0) return;
  const list = beyond.map(({ op, type, name }) => `${op} ${type.slice(type.lastIndexOf(":") + 1)} ${name}`).join(", ");
  throw new TealError(
    "plan_holds_more",
    `A move of traffic of ${stack} may change the route and nothing else, but its plan holds: ${list}. Preview the tenant to see why; what was changed behind Teal's back has to be settled first.`,
    { data: { cause: "platform", retriable: false, steps: beyond, evidence: [{ source: "pulumi", text: list }] } },
  );
}

/** A repair mends what a person was shown. What has been mended by a try before a crash is missing, which is fine. */
function refuseUnshown(stack: string, shown: readonly string[], { items }: StackDrift): void {
  const news = items.filter(({ id }) => !shown.includes(id));
  if (news.length === 0) return;
  const list = news.map(({ change, kind, name }) => `${kind} ${name} (${change})`).join(", ");
  throw new TealError(
    "drift_changed",
    `What has drifted in ${stack} is no longer what the repair was asked for: ${list}. Nothing was changed by this look. Read the drift again and repair that.`,
    { data: { cause: "person", retriable: false, evidence: [{ source: "pulumi", text: list }] } },
  );
}

function stackGone(stack: string): TealError {
  return new TealError("stack_gone", `Expected stack ${stack}, but it is not there: somebody has removed it.`, {
    data: { cause: "person", retriable: false, evidence: [] },
  });
}

function planChanged(stack: string): TealError {
  return new TealError("plan_changed", `What would be done to ${stack} is not what was approved.`, {
    data: { cause: "person", retriable: false, evidence: [] },
  });
}

function checked(spec: TenantSpec): TenantSpec {
  const parsed = tenantSpec.safeParse(spec);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new TealError("spec_invalid", `The tenant's spec is not one: ${problems.join("; ")}.`, {
    data: { cause: "platform", retriable: false, evidence: [], problems },
  });
}
