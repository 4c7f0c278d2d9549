/** What an operation prints as it goes. Two ways: line by line as things happen, or as a tree of differences. */
import type { Step, StepOp } from "../deploy/step.ts";
import type { Diagnostic, Summary } from "./event.ts";
import type { Colorization } from "./text/colors.ts";

/** Is told what engine events tell, in their order. */
export interface Display {
  prelude(config: Readonly<Record<string, string>>): void;
  before(step: Step): void;
  /** `op` is what the step turned out to be, for a refresh; its own otherwise. */
  outputs(step: Step, op: StepOp): void;
  failed(step: Step): void;
  diagnostic(diagnostic: Diagnostic): void;
  end(summary: Summary): void;
}

export interface DisplayOptions {
  /** The stack's name, as Pulumi shows it. */
  readonly stack: string;
  readonly rootUrn: string;
  readonly kind: "update" | "preview" | "refresh" | "destroy";
  readonly preview: boolean;
  readonly color: Colorization;
  readonly debug: boolean;
  readonly suppressOutputs: boolean;
  readonly showConfig: boolean;
  readonly showSames: boolean;
  readonly showReads: boolean;
  readonly showReplacementSteps: boolean;
  readonly showSecrets: boolean;
  readonly showUrns: boolean;
  readonly truncate: boolean;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

const labels = { update: "Updating", preview: "Previewing update", refresh: "Refreshing", destroy: "Destroying" };

/** The line before everything else: `Updating (dev):`. */
export function heading({ kind, preview, stack }: Pick<DisplayOptions, "kind" | "preview" | "stack">): string {
  const label = preview && kind !== "preview" ? `Previewing ${kind}` : labels[kind];
  return `${label} (${stack}):`;
}

export const silentDisplay: Display = {
  prelude: () => undefined,
  before: () => undefined,
  outputs: () => undefined,
  failed: () => undefined,
  diagnostic: () => undefined,
  end: () => undefined,
};
