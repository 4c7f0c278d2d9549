import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import type { PreviewView } from "../../model/views.ts";
import { digestOf } from "./digest.ts";
import { routeTypes } from "../../tenant/components/route.ts";

export type PlannedStep = PreviewView["steps"][number];

/** The step that is announced; undefined for one that would change nothing. */
export function plannedStep(metadata: StepEventMetadata): PlannedStep | undefined {
  const op = changing(metadata.op);
  if (!op) return undefined;
  const { urn, type } = metadata;
  return { op, urn, type, name: urn.slice(urn.lastIndexOf("::") + 2), diffs: diffsOf(metadata) };
}

/** A replacement is announced three times; its parts (`create-replacement`, `delete-replaced`) are left out. */
function changing(op: string): PlannedStep["op"] | undefined {
  return op === "create" || op === "update" || op === "replace" || op === "delete" ? op : undefined;
}

function diffsOf({ op, detailedDiff, diffs }: StepEventMetadata): string[] {
  if (op === "create" || op === "delete") return [];
  const detailed = Object.keys(detailedDiff ?? {});
  return detailed.length > 0 ? detailed : [...(diffs ?? [])];
}

export function previewView(steps: PlannedStep[]): PreviewView {
  const count = (op: PlannedStep["op"]) => steps.filter((step) => step.op === op).length;
  return {
    creates: count("create"),
    updates: count("update"),
    replaces: count("replace"),
    deletes: count("delete"),
    steps,
  };
}

/** Stands for what a plan would do. */
export function planDigest(steps: readonly PlannedStep[]): string {
  return digestOf(steps.map(({ op, urn, diffs }) => JSON.stringify([op, urn, diffs])));
}

/** Steps that a flip's plan must not hold. */
export function beyondRoute(steps: PlannedStep[]): PlannedStep[] {
  const isRoute = (type: string) => (routeTypes as readonly string[]).includes(type);
  return steps.filter(({ op, type }) => !isRoute(type) || (op !== "update" && op !== "create"));
}
