import type { TealError } from "../../model/errors.ts";

/** Why an operation came to its end before its time. */
export type Failure =
  /** A step failed; its diagnostic has been given. */
  | { readonly kind: "step" }
  /** The program itself failed; diagnostics have been given. */
  | { readonly kind: "program" }
  /** What the program wants can't be; diagnostics have been given. */
  | { readonly kind: "plan" }
  | { readonly kind: "cancelled" }
  /** Something that this engine leaves to the CLI's. */
  | { readonly kind: "refused"; readonly error: TealError };

/** Thrown to whoever waits for a resource when the operation ends before that resource's turn. */
export class Stopped extends Error {
  constructor() {
    super("resource monitor shut down while waiting on step's done channel");
    this.name = "Stopped";
  }
}

/** A planned step can't be: reported as a diagnostic of its resource. */
export class PlanError extends Error {
  readonly urn: string;
  constructor(urn: string, message: string) {
    super(message);
    this.name = "PlanError";
    this.urn = urn;
  }
}
