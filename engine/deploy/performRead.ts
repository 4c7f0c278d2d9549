/** Steps that look at what is there: resources owned by others, and our own on a refresh. */
import { InitError, type Diff, type DiffKind, type ReadResult } from "../providers/provider.ts";
import { timestamp } from "../state/timestamp.ts";
import { equal } from "../values/property.ts";
import type { ResourceState } from "../state/resource.ts";
import { unknownMarkers } from "../values/signatures.ts";
import { callContext, type Deploying } from "./context.ts";
import { Unready, type Outcome } from "./outcome.ts";
import { withSecretOutputs } from "./secretOutputs.ts";
import { identity } from "./plans.ts";
import type { Step } from "./step.ts";

export async function performRead(deploying: Deploying, step: Step): Promise<Outcome> {
  const draft = step.new!;
  const { read, unready } = await readUnlessUnknown(deploying, step, draft);
  const old = step.old;
  const made = withSecretOutputs({
    ...draft,
    id: read.id,
    outputs: read.outputs,
    initErrors: unready?.reasons ?? [],
    created: old?.created,
    modified: old?.modified,
  });
  const changed = old && !(equal(old.inputs, made.inputs) && equal(old.outputs, made.outputs));
  const state = changed ? { ...made, modified: timestamp() } : made;
  // One of another id was ours: it goes when everything else is done.
  if (old && step.op === "read-replacement") deploying.snapshot.amend(old, { ...old, delete: true });
  else if (old) deploying.snapshot.done(old);
  deploying.snapshot.add(state);
  if (unready) throw new Unready(state, unready);
  return { state };
}

interface Read {
  readonly read: Pick<ReadResult, "id" | "outputs">;
  readonly unready?: InitError;
}

/** A preview may not know the id yet, and then nothing of the resource. */
async function readUnlessUnknown(deploying: Deploying, step: Step, draft: ResourceState): Promise<Read> {
  if (unknownMarkers.has(draft.id)) return { read: { id: draft.id, outputs: {} } };
  const context = callContext(deploying, draft.urn, draft.customTimeouts?.read);
  try {
    const read = await step.with!.read(identity(draft), { ...draft, outputs: draft.inputs }, context);
    if (!read.id) throw new Error(`resource '${draft.id}' does not exist`);
    return { read };
  } catch (error) {
    if (error instanceof InitError) return { read: { id: error.id, outputs: error.outputs }, unready: error };
    throw error;
  }
}

export async function performRefresh(deploying: Deploying, step: Step): Promise<Outcome> {
  const old = step.old!;
  if (!step.with || old.pendingReplacement) return { state: old, op: "same" };
  const { read, reasons } = await readTolerantly(deploying, step);
  if (!read.id) {
    deploying.snapshot.done(old);
    return { state: undefined, op: "delete" };
  }
  const made = withSecretOutputs({
    ...old,
    id: read.id,
    inputs: read.inputs,
    outputs: read.outputs,
    initErrors: reasons,
  });
  const changed = !equal(old.inputs, made.inputs) || !equal(old.outputs, made.outputs);
  if (!changed && old.initErrors.length === 0 && reasons.length === 0) return { state: old, op: "same" };
  const state = changed ? { ...made, modified: timestamp() } : made;
  deploying.snapshot.amend(old, state);
  // Of what another owns only the outputs say anything.
  if (old.external) return { state, op: equal(old.outputs, made.outputs) ? "same" : "update" };
  const context = { ...callContext(deploying, old.urn), preview: true };
  const diff = await step.with.diff(identity(old), state, old.inputs, old.ignoreChanges, context);
  return { state, op: diff.changes ? "update" : "same", diffs: diff.changedKeys, detailedDiff: inverted(diff) };
}

/** What changed since, seen from before: the provider was asked what would lead back. */
function inverted({ detailed }: Diff): Diff["detailed"] {
  if (!detailed) return undefined;
  const kinds: Partial<Record<DiffKind, DiffKind>> = {
    add: "delete",
    "add-replace": "delete-replace",
    delete: "add",
    "delete-replace": "add-replace",
  };
  return Object.fromEntries(
    Object.entries(detailed).map(([path, diff]) => [path, { ...diff, kind: kinds[diff.kind] ?? diff.kind }]),
  );
}

/** A resource that is there but not ready is no reason to fail a refresh: it is noted. */
async function readTolerantly(
  deploying: Deploying,
  step: Step,
): Promise<{ read: ReadResult; reasons: readonly string[] }> {
  const old = step.old!;
  try {
    return { read: await step.with!.read(identity(old), old, callContext(deploying, old.urn)), reasons: [] };
  } catch (error) {
    if (!(error instanceof InitError)) throw error;
    const message = `Refreshed resource is in an unhealthy state:\n* ${error.reasons.join("\n* ")}`;
    deploying.reporter.diagnostic({ urn: old.urn, severity: "warning", message });
    const inputs = error.inputs ?? old.inputs;
    return { read: { id: error.id, inputs, outputs: error.outputs }, reasons: error.reasons };
  }
}
