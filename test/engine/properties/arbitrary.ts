/** Random programs, and what is done with them. */
import fc from "fast-check";
import type { Trouble } from "./bed.ts";
import { edited, editKinds, type Edit, type Program } from "./program.ts";

export type StepKind =
  "up" | "preview" | "refresh" | "refreshAndUp" | "destroy" | "continueOnError" | "upTarget" | "destroyTarget";

export interface Step {
  readonly kind: StepKind;
  /** Made to the program before. */
  readonly edits: readonly Edit[];
  /** Done by somebody else to the nth object of the world before. */
  readonly drift: { readonly at: number; readonly gone: boolean } | undefined;
  readonly trouble: Trouble;
  /** The nth resource of the state, for steps that are about one. */
  readonly target: number;
}

export interface Scenario {
  readonly program: Program;
  readonly steps: readonly Step[];
}

const edit = fc.record<Edit>({ kind: fc.constantFrom(...editKinds), at: fc.nat(11), arg: fc.nat(11) });

/** Mostly edges: a program of resources alone is a dull one. */
const edges = ["link", "bond", "copy", "container", "dependsOn", "reparent", "provider"] as const;
const options = [
  "deletedWith",
  "retain",
  "deleteBeforeReplace",
  "ignoreLabel",
  "replaceOnLabel",
  "secretEcho",
] as const;
const firstEdits = fc.array(
  fc.record<Edit>({ kind: fc.constantFrom(...edges, ...options), at: fc.nat(11), arg: fc.nat(11) }),
  { maxLength: 20, size: "max" },
);

const program = fc
  .tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 8, size: "max" }), firstEdits)
  .map(([kinds, edits]) => edited([], [...kinds.map((at): Edit => ({ kind: "add", at, arg: 0 })), ...edits]));

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: "none" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fail" as const),
      call: fc.constantFrom(...(["check", "diff", "create", "update", "delete", "read"] as const)),
      nth: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("unready" as const), nth: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("crash" as const),
      touch: fc.constantFrom("any" as const, "world" as const),
      point: fc.integer({ min: 1, max: 40 }),
    }),
  },
);

const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const step = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant<StepKind>("up") },
    { weight: 1, arbitrary: fc.constantFrom<StepKind[]>("preview", "refresh", "refreshAndUp", "destroy") },
    { weight: 2, arbitrary: fc.constantFrom<StepKind[]>("continueOnError", "upTarget", "destroyTarget") },
  ),
  edits: fc.array(edit, { maxLength: 5, size: "max" }),
  drift: rarely(fc.record({ at: fc.nat(9), gone: fc.boolean() })),
  trouble,
  target: fc.nat(12),
});

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  program,
  steps: fc.array(step, { minLength: 1, maxLength: 8, size: "max" }),
});
