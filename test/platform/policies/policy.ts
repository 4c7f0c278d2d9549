import type { Made } from "../program.ts";

/** A rule over all that a stack makes. */
export interface Policy {
  name: string;
  /** One line for each thing that breaks it. */
  violations(made: readonly Made[]): string[];
  /** Spoils a resource so that the rule is broken: without it nobody would know whether it can be. */
  broken: { of: string; by: (inputs: Inputs, made: Made) => void };
}

// Inputs are JSON, looked into as deep as each rule needs.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Inputs = any;

export function ofType(made: readonly Made[], ...types: string[]): (Made & { inputs: Inputs })[] {
  return made.filter(({ type }) => types.includes(type)) as (Made & { inputs: Inputs })[];
}

/** One line per resource that is not as `right` says. */
export function wrong(
  made: readonly Made[],
  types: string[],
  what: string,
  right: (inputs: Inputs, made: Made) => boolean,
): string[] {
  return ofType(made, ...types)
    .filter((one) => !right(one.inputs, one))
    .map(({ type, name }) => `${type}::${name}: ${what}`);
}

export interface PolicyStatement {
  Effect: string;
  Action: string[];
  Resource: string | string[];
  Principal?: unknown;
  Condition?: unknown;
}

export function statementsOf(text: unknown): PolicyStatement[] {
  return (JSON.parse(text as string) as { Statement: PolicyStatement[] }).Statement;
}
