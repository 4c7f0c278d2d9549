import type { UpdateSummary } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { stackLimits, type StackResource, type StackUpdate, type StackView } from "../../model/console/stack.ts";

/** What a stack holds, as far as people look at it: no inputs, and no outputs but the stack's own. */
export type StackContents = Pick<StackView, "changedAt" | "resources" | "more" | "outputs" | "updates">;

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  parent: z.string().optional(),
  protect: z.boolean().optional(),
  delete: z.boolean().optional(),
  initErrors: z.array(z.string()).nullish(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});
const deployment = z.looseObject({
  manifest: z.looseObject({ time: z.string() }).optional(),
  resources: z.array(resource).nullish(),
  pending_operations: z.array(z.looseObject({ resource, type: z.string() })).nullish(),
});

/** Marks a secret in a checkpoint, encrypted or not: Pulumi's own signature. */
const secretSignature = "4dabf18193072939515e22adb298388d";

/** Picks what is shown out of a stack's export and its history. */
export function contentsOf(exported: unknown, history: readonly UpdateSummary[]): StackContents {
  const { manifest, resources, pending_operations: pending } = deployment.parse(exported ?? {});
  const of = new Map((pending ?? []).map(({ resource, type }) => [resource.urn, { resource, type }]));
  const known = (resources ?? []).map((one) => resourceOf(one, of.get(one.urn)?.type));
  const listed = new Set(known.map(({ urn }) => urn));
  // What was being created when a crash came is in no list of resources yet.
  const lost = [...of.values()].filter((one) => !listed.has(one.resource.urn));
  const all = [...known, ...lost.map(({ resource, type }) => resourceOf(resource, type))];
  const root = resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  return {
    changedAt: timeOf(manifest?.time),
    resources: all.slice(0, stackLimits.resources),
    more: all.length > stackLimits.resources,
    outputs: Object.entries(root?.outputs ?? {}).map(([name, value]) => outputOf(name, value)),
    updates: history.slice(0, stackLimits.updates).map(updateOf),
  };
}

function resourceOf(found: z.infer<typeof resource>, pending: string | undefined): StackResource {
  const { urn, type, id, parent, protect, delete: deleting, initErrors } = found;
  const state = pending !== undefined ? "pending" : deleting ? "deleting" : initErrors?.length ? "incomplete" : "ok";
  return {
    urn,
    type,
    name: urn.slice(urn.lastIndexOf("::") + 2),
    parent: parent ?? null,
    ...(id !== undefined && id !== "" && { id }),
    state,
    ...(pending !== undefined && { pending }),
    ...(initErrors?.length && { errors: initErrors.map((error) => error.slice(0, 2000)) }),
    protect: protect ?? false,
  };
}

function outputOf(name: string, value: unknown): StackContents["outputs"][number] {
  const secret = JSON.stringify(value ?? null).includes(secretSignature);
  return { name, secret, value: secret ? null : value };
}

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/;

function updateOf(update: UpdateSummary): StackUpdate {
  const { version, kind, result, message, startTime, endTime, resourceChanges } = update;
  const operation = uuid.exec(message)?.[0];
  return {
    version,
    kind,
    result,
    startedAt: timeOf(startTime) ?? new Date(0).toISOString(),
    endedAt: timeOf(endTime),
    message,
    ...(operation !== undefined && { operation }),
    changes: { ...resourceChanges },
  };
}

/** The Automation API gives what the CLI printed, whatever its types say. */
function timeOf(time: Date | string | undefined): string | null {
  const date = time === undefined ? undefined : new Date(time);
  return date && date.getTime() > 0 ? date.toISOString() : null;
}
