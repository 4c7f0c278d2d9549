/** Steps that make, change and remove resources: intent on disk first, then the provider, then the result. */
import { InitError, type Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import { timestamp } from "../state/timestamp.ts";
import { isProviderType } from "../state/urn.ts";
import type { OperationType } from "../state/deployment.ts";
import type { PropertyMap } from "../values/property.ts";
import { callContext, type Deploying } from "./context.ts";
import { Unready, type Outcome } from "./outcome.ts";
import { identity, type Plans } from "./plans.ts";
import { withoutInternal } from "./registry.ts";
import { withSecretOutputs } from "./secretOutputs.ts";
import type { Step } from "./step.ts";

/** What no provider acts on needs no record of the intent. */
async function begin(deploying: Deploying, step: Step, state: ResourceState, type: OperationType): Promise<() => void> {
  return step.with ? deploying.snapshot.begin(state, type) : () => undefined;
}

export async function performCreate(deploying: Deploying, step: Step, plans: Plans): Promise<Outcome> {
  const draft = step.new!;
  const end = await begin(deploying, step, draft, "creating");
  try {
    const { id, outputs, unready } = await create(deploying, step, draft);
    const state = finished(draft, id, outputs, unready);
    if (isProviderType(state.type)) deploying.registry.register(state);
    deploying.snapshot.add(state);
    settleCreations(deploying, state);
    if (step.pendingDelete && !step.old!.pendingReplacement)
      deploying.snapshot.amend(step.old!, { ...step.old!, delete: true });
    else if (step.old) deploying.snapshot.done(step.old);
    if (step.pendingDelete && step.old!.pendingReplacement) plans.gone.push(step.old!);
    if (unready) throw new Unready(state, unready);
    return { state };
  } finally {
    end();
  }
}

/** What an earlier run began to make has been found, or was never there. */
function settleCreations({ snapshot }: Deploying, { urn }: ResourceState): void {
  for (const operation of snapshot.unsettled)
    if (operation.type === "creating" && operation.resource.urn === urn) snapshot.settle(operation);
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
  const end = await begin(deploying, step, draft, "updating");
  try {
    const { outputs, unready } = await update(deploying, step, old, draft);
    const made = finished(draft, old.id, outputs, unready);
    const state = {
      ...made,
      created: old.created,
      modified: draft.custom ? made.modified : old.modified,
      // It is not what these inputs ask for: the next update is to see that.
      ...(unready && { inputs: old.inputs }),
    };
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
  // A component's outputs are what it registers, which comes later.
  if (!step.with) return { outputs: {} };
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
  const initErrors = unready?.reasons ?? [];
  return withSecretOutputs({ ...draft, id, outputs, initErrors, created: now, modified: now });
}

export async function performDelete(deploying: Deploying, step: Step, plans: Plans): Promise<Outcome> {
  const old = step.old!;
  if (step.op === "delete" && old.protect) throw new Error(protectedMessage(old.urn));
  const condemned = step.deleteBeforeReplace ? { ...old, pendingReplacement: true } : old;
  const end = await begin(deploying, step, condemned, "deleting");
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
