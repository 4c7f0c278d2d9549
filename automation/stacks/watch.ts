import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { plannedStep, type PlannedStep } from "./plan.ts";

/** What is kept of an operation's engine events. */
export interface Watch {
  onEvent(event: EngineEvent): void;
  readonly steps: PlannedStep[];
  readonly errors: { urn?: string; message: string }[];
  readonly changes: Record<string, number>;
  /** The stack was left with operations whose end nobody knows. */
  readonly pending: boolean;
  /** What a worker that died had left and was put right, in words. */
  readonly repaired: string[];
}

export function watch(): Watch {
  const seen = {
    steps: [] as PlannedStep[],
    errors: [] as { urn?: string; message: string }[],
    changes: {} as Record<string, number>,
    pending: false,
    repaired: [] as string[],
    onEvent(event: EngineEvent): void {
      const planned = event.resourcePreEvent?.metadata;
      const step = planned && plannedStep(planned);
      if (step) seen.steps.push(step);
      const diagnostic = event.diagnosticEvent;
      if (diagnostic?.severity === "error") {
        seen.errors.push({ ...(diagnostic.urn && { urn: diagnostic.urn }), message: diagnostic.message });
      }
      if (diagnostic?.severity === "warning") {
        if (/pending operations/i.test(diagnostic.message)) seen.pending = true;
        if (/left locked by/.test(diagnostic.message)) seen.repaired.push(diagnostic.message.trim());
      }
      if (event.summaryEvent) Object.assign(seen.changes, event.summaryEvent.resourceChanges);
    },
  };
  return seen;
}
