/** Tells the world what an operation does: events, text, and the counts at the end. */
import type { Display } from "../events/display.ts";
import { eventBody, type Diagnostic, type Summary } from "../events/event.ts";
import type { EventLog } from "../events/log.ts";
import type { Colorization } from "../events/text/colors.ts";
import { isProviderType, urnName } from "../state/urn.ts";
import { equal } from "../values/property.ts";
import type { Step, StepOp } from "./step.ts";

export interface ReporterOptions {
  readonly kind: "update" | "preview" | "refresh" | "destroy";
  readonly preview: boolean;
  readonly log: EventLog;
  /** Is told what the log is told. */
  readonly display: Display;
  /** Whether diagnostics in the log carry marks of colour. */
  readonly color: Colorization;
  /** Whether debug messages of the program are passed on; they hold its properties, secrets too, so only when asked. */
  readonly debug: boolean;
  /** Texts that no diagnostic may show: the secrets of the stack's config. */
  readonly secrets: readonly string[];
}

/** Shorter ones are too common to be told from other text. */
const shortestSecret = 3;

export class Reporter {
  readonly #options: ReporterOptions;
  readonly #changes: Record<string, number> = {};
  readonly #diagnostics: Diagnostic[] = [];
  readonly #start = performance.now();
  #steps = 0;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  get debug(): boolean {
    return this.#options.debug;
  }

  get changes(): Readonly<Record<string, number>> {
    return this.#changes;
  }

  get errors(): readonly Diagnostic[] {
    return this.#diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  }

  prelude(config: Readonly<Record<string, string>>): void {
    this.#options.log.send(eventBody.prelude(config));
    this.#options.display.prelude(config);
  }

  before(step: Step): void {
    if (isHidden(step)) return;
    this.#options.log.send(eventBody.before(step, this.#options.preview));
    this.#options.display.before(step);
  }

  /** `performed` has the new state; `op` is what the step turned out to be, where it set out to do another (a refresh). */
  after(step: Step, op: StepOp = step.op): void {
    if (isHidden(step)) return;
    if (this.#counts(step)) {
      this.#changes[op] = (this.#changes[op] ?? 0) + 1;
      this.#steps++;
    }
    // Components tell their outputs when they register them; a deletion tells that it is over.
    const told =
      this.#options.preview || step.new?.custom || step.old?.custom || step.op === "refresh" || step.op === "delete";
    // What a refresh found is told where that is what was asked for.
    if (told) this.outputs(step, this.#options.kind === "refresh" ? op : step.op);
  }

  /** A refresh counts where that is what was asked for; a read where it found something else than before. */
  #counts(step: Step): boolean {
    if (step.op === "refresh") return this.#options.kind === "refresh";
    if (step.op !== "read") return step.logical;
    return step.old !== undefined && step.new !== undefined && !equal(step.old.outputs, step.new.outputs);
  }

  outputs(step: Step, op: StepOp = step.op): void {
    this.#options.log.send(eventBody.outputs(step, this.#options.preview, op));
    this.#options.display.outputs(step, op);
  }

  failed(step: Step, message: string): void {
    const urn = isHidden(step) ? "" : step.urn;
    const text = this.#options.preview ? `Preview failed: ${message}` : message;
    this.diagnostic({ urn, severity: "error", message: text });
    if (isHidden(step)) return;
    if (!this.#options.preview) this.#options.log.send(eventBody.failed(step, this.#steps));
    this.#options.display.failed(step);
  }

  diagnostic(given: Diagnostic): void {
    if (given.severity === "debug" && !this.#options.debug) return;
    const diagnostic = { ...given, message: this.#masked(given.message) };
    this.#options.log.send(eventBody.diagnostic(diagnostic, this.#options.color));
    this.#options.display.diagnostic(diagnostic);
    if (!diagnostic.ephemeral && diagnostic.severity !== "debug") this.#diagnostics.push(diagnostic);
  }

  #masked(message: string): string {
    const secrets = this.#options.secrets.filter((secret) => secret.length >= shortestSecret);
    return secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
  }

  /** The last word: summary and end of events. */
  finish(succeeded: boolean): void {
    const summary: Summary = {
      durationSeconds: Math.ceil((performance.now() - this.#start) / 1000),
      changes: this.#changes,
      preview: this.#options.preview,
      result: succeeded ? "succeeded" : "failed",
    };
    this.#options.log.send(eventBody.summary(summary));
    this.#options.log.send(eventBody.cancel());
    this.#options.display.end(summary);
  }
}

/** Default providers are the engine's own affair. */
function isHidden(step: Step): boolean {
  return step.op === "remove-pending-replace" || (isProviderType(step.type) && urnName(step.urn).startsWith("default"));
}
