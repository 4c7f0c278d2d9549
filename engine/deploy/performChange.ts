/** Steps that make, change and remove resources: intent on disk first, then the provider, then the result. */
import { InitError, type Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import { timestamp } from "../state/timestamp.ts";
import { isProviderType } from "../state/urn.ts";
import { Secret, type PropertyMap } from "../values/property.ts";
import { callContext, type Deploying } from "./context.ts";
import { Unready, type Outcome } from "./outcome.ts";
import { identity, type Plans } from "./plans.ts";
import { withoutInternal } from "./registry.ts";
import type { Step } from "./step.ts";

export async function performCreate(deploying: Deploying, step: Step): Promise<Outcome> {
  const draft = step.new!;
  const end = await deploying.snapshot.begin(draft, "creating");
  try {
    const { id, outputs, unready } = await create(deploying, step, draft);
    const state = finished(draft, id, outputs, unready);
    if (isProviderType(state.type)) deploying.registry.register(state);
    deploying.snapshot.add(state);
    if (step.pendingDelete) deploying.snapshot.amend(step.old!, { ...step.old!, delete: true });
    else if (step.old) deploying.snapshot.done(step.old);
    if (unready) throw new Unready(state, unready);
    return { state };
  } finally {
    end();
  }
}

interface Made {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly unready?: InitError;
}

async function create(deploying: Deploying, step: Step, draft: ResourceState): Promise<Made> {
  if (isProviderType(draft.type))
    return { id: deploying.registry.newId(deploying.preview), outputs: withoutInternal(draft.inputs) };
  if (!step.with) return { id: "", outputs: {} };
  const context = callContext(deploying, draft.urn, draft.customTimeouts?.create);
  return orUnready(() => step.with!.create(identity(draft), draft.inputs, step.adopt ?? false, context));
}

async function orUnready(call: () => ReturnType<Provider["create"]>): Promise<Made> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof InitError) return { id: error.id, outputs: error.outputs, unready: error };
    throw error;
  }
}

export async function performUpdate(deploying: Deploying, step: Step): Promise<Outcome> {
  const old = step.old!;
  const draft = { ...step.new!, id: old.id };
  const end = await deploying.snapshot.begin(draft, "updating");
  try {
    const { outputs, unready } = await update(deploying, step, old, draft);
    const state = { ...finished(draft, old.id, outputs, unready), created: old.created };
    if (isProviderType(state.type)) deploying.registry.register(state);
    deploying.snapshot.done(old);
    deploying.snapshot.add(state);
    if (unready) throw new Unready(state, unready);
    return { state };
  } finally {
    end();
  }
}

async function update(
  deploying: Deploying,
  step: Step,
  old: ResourceState,
  draft: ResourceState,
): Promise<Omit<Made, "id">> {
  if (isProviderType(draft.type)) return { outputs: withoutInternal(draft.inputs) };
  // A component's outputs are what it registers, now or at an earlier run.
  if (!step.with) return { outputs: old.outputs };
  const context = callContext(deploying, draft.urn, draft.customTimeouts?.update);
  return orUnready(async () => ({
    id: old.id,
    ...(await step.with!.update(identity(draft), old, draft.inputs, draft.ignoreChanges, context)),
  }));
}

function finished(
  draft: ResourceState,
  id: string,
  outputs: PropertyMap,
  unready: InitError | undefined,
): ResourceState {
  const now = timestamp();
  return {
    ...draft,
    id,
    outputs: withSecretOutputs(outputs, draft.additionalSecretOutputs),
    initErrors: unready?.reasons ?? [],
    created: now,
    modified: now,
  };
}

export function withSecretOutputs(outputs: PropertyMap, secret: readonly string[]): PropertyMap {
  const made = { ...outputs };
  for (const key of secret)
    if (made[key] !== undefined && !(made[key] instanceof Secret)) made[key] = new Secret(made[key]);
  return made;
}

export async function performDelete(deploying: Deploying, step: Step, plans: Plans): Promise<Outcome> {
  const old = step.old!;
  if (step.op === "delete" && old.protect) throw new Error(protectedMessage(old.urn));
  const condemned = step.deleteBeforeReplace ? { ...old, pendingReplacement: true } : old;
  const end = await deploying.snapshot.begin(condemned, "deleting");
  try {
    const spared =
      deploying.preview ||
      old.external ||
      old.retainOnDelete ||
      (old.deletedWith !== "" && plans.deleted.has(old.deletedWith));
    if (!spared && step.with)
      await step.with.delete(identity(old), old, callContext(deploying, old.urn, old.customTimeouts?.delete));
    if (step.deleteBeforeReplace) deploying.snapshot.amend(old, condemned);
    else deploying.snapshot.done(old);
    return { state: undefined };
  } finally {
    end();
  }
}

function protectedMessage(urn: string): string {
  return (
    `resource ${JSON.stringify(urn)} cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag ` +
    `from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${urn}'\``
  );
}
