/** Steps that look at what is there: resources owned by others, and our own on a refresh. */
import { InitError, type ReadResult } from "../providers/provider.ts";
import { timestamp } from "../state/timestamp.ts";
import { equal } from "../values/property.ts";
import { callContext, type Deploying } from "./context.ts";
import type { Outcome } from "./outcome.ts";
import { withSecretOutputs } from "./performChange.ts";
import { identity } from "./plans.ts";
import type { Step } from "./step.ts";

export async function performRead(deploying: Deploying, step: Step): Promise<Outcome> {
  const draft = step.new!;
  const end = await deploying.snapshot.begin(draft, "reading");
  try {
    const read = await step.with!.read(identity(draft), draft, callContext(deploying, draft.urn));
    if (!read.id) throw new Error(`resource '${draft.id}' does not exist`);
    const outputs = withSecretOutputs(read.outputs, draft.additionalSecretOutputs);
    const old = step.old;
    const now = timestamp();
    const changed = !old || !equal(old.outputs, outputs);
    const state = {
      ...draft,
      id: read.id,
      outputs,
      created: old?.created ?? now,
      modified: changed ? now : old.modified,
    };
    if (old) deploying.snapshot.done(old);
    deploying.snapshot.add(state);
    return { state };
  } finally {
    end();
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
  const outputs = withSecretOutputs(read.outputs, old.additionalSecretOutputs);
  const changed = !equal(old.inputs, read.inputs) || !equal(old.outputs, outputs);
  if (!changed && old.initErrors.length === 0 && reasons.length === 0) return { state: old, op: "same" };
  const modified = changed ? timestamp() : old.modified;
  const state = { ...old, id: read.id, inputs: read.inputs, outputs, initErrors: reasons, modified };
  deploying.snapshot.amend(old, state);
  const context = { ...callContext(deploying, old.urn), preview: true };
  const diff = await step.with.diff(identity(old), state, old.inputs, old.ignoreChanges, context);
  return { state, op: diff.changes ? "update" : "same" };
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
    return { read: { id: error.id, inputs: old.inputs, outputs: error.outputs }, reasons: error.reasons };
  }
}
