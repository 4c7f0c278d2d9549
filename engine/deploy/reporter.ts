/** Tells the world what an operation does: events, text, and the counts at the end. */
import { display } from "../events/display.ts";
import { eventBody, type Diagnostic, type Summary } from "../events/event.ts";
import type { EventLog } from "../events/log.ts";
import { isProviderType, urnName } from "../state/urn.ts";
import type { PropertyMap } from "../values/property.ts";
import type { Step, StepOp } from "./step.ts";

export interface ReporterOptions {
  readonly kind: "update" | "preview" | "refresh" | "destroy";
  readonly preview: boolean;
  readonly rootUrn: string;
  readonly stack: string;
  readonly log: EventLog;
  readonly write: (text: string) => void;
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
  readonly #began = new Map<Step, number>();
  readonly #start = performance.now();
  #steps = 0;
  #failed = 0;

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
    this.#options.write(display.heading(this.#options.kind, this.#options.stack));
  }

  before(step: Step): void {
    if (isHidden(step)) return;
    this.#began.set(step, performance.now());
    this.#options.log.send(eventBody.before(step, this.#options.preview));
    this.#options.write(display.began(step, this.#options.preview));
  }

  /** `performed` has the new state; `op` is what the step turned out to be, where it set out to do another (a refresh). */
  after(began: Step, step: Step, op: StepOp = step.op): void {
    if (isHidden(step)) return;
    if (step.logical) {
      this.#changes[op] = (this.#changes[op] ?? 0) + 1;
      this.#steps++;
    }
    // Components tell their outputs when they register them; a deletion tells that it is over.
    const told = step.new?.custom || step.old?.custom || step.op === "refresh" || step.op === "delete";
    if (told) this.#options.log.send(eventBody.outputs(step, this.#options.preview, op));
    const seconds = (performance.now() - (this.#began.get(began) ?? performance.now())) / 1000;
    this.#options.write(display.ended(step, op, this.#options.preview, seconds));
  }

  outputs(step: Step): void {
    this.#options.log.send(eventBody.outputs(step, this.#options.preview));
  }

  failed(step: Step, message: string): void {
    this.#failed++;
    this.diagnostic({ urn: step.urn, severity: "error", message });
    if (isHidden(step)) return;
    if (!this.#options.preview) this.#options.log.send(eventBody.failed(step, this.#steps));
    this.#options.write(display.failed(step));
  }

  diagnostic(given: Diagnostic): void {
    if (given.severity === "debug" && !this.#options.debug) return;
    const diagnostic = { ...given, message: this.#masked(given.message) };
    this.#options.log.send(eventBody.diagnostic(diagnostic));
    if (!diagnostic.ephemeral && diagnostic.severity !== "debug") this.#diagnostics.push(diagnostic);
  }

  #masked(message: string): string {
    const secrets = this.#options.secrets.filter((secret) => secret.length >= shortestSecret);
    return secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
  }

  /** The last word: summary and end of events. */
  finish(succeeded: boolean, outputs: PropertyMap): void {
    const summary: Summary = {
      durationSeconds: Math.ceil((performance.now() - this.#start) / 1000),
      changes: this.#changes,
      preview: this.#options.preview,
      result: succeeded ? "succeeded" : "failed",
    };
    this.#options.log.send(eventBody.summary(summary));
    this.#options.log.send(eventBody.cancel());
    this.#options.write(
      display.diagnostics(this.#diagnostics, this.#options.rootUrn) +
        display.outputs(outputs) +
        display.summary(summary, this.#failed),
    );
  }
}

/** Default providers are the engine's own affair. */
function isHidden(step: Step): boolean {
  return step.op === "remove-pending-replace" || (isProviderType(step.type) && urnName(step.urn).startsWith("default"));
}
