import { isDeepStrictEqual } from "node:util";
import { trafficOf, type Layout } from "../../model/layout.ts";
import type { Outcome, SurpriseCode } from "../../model/operation.ts";
import type { Weights } from "../../model/weights.ts";
import type { DriftItem } from "../../model/views.ts";
import { differences, weightsText, type FoundLayout } from "./expected.ts";

/** What there is, beside what Teal knows of it. */
export interface Found {
  /** What the stack was last given: null where there is no stack, `unreadable` where its config is no tenant's. */
  stack: FoundLayout | null | "unreadable";
  /** The live route's weights; null where there is no route, or it leads to no slot. */
  traffic: Weights | null;
}

/** What nobody may go on with unasked, in words. */
export interface Surprise {
  code: SurpriseCode;
  message: string;
  evidence: readonly string[];
}

/** What Teal may have left. */
export interface Known {
  /** The ledger's layout; null: the tenant was never provisioned. */
  layout: Layout | null;
  /** What the stack may have been given besides, and that not have been written down. */
  others: readonly FoundLayout[];
  /** Of these, the ones whose weights may be in force. */
  splits: readonly FoundLayout[];
}

/**
 * Why nobody may go on unasked: what is there is nothing that Teal made, in the operation under way or before it.
 * Null where all is as it should be.
 */
export function surpriseIn(
  tenant: string,
  { layout, others, splits }: Known,
  { stack, traffic }: Found,
): Surprise | null {
  const known = layout ? [layout, ...others] : others;
  if (stack === "unreadable") {
    return surprise(
      "stack_changed",
      `The stack of ${tenant} has config that is no tenant's: somebody used Pulumi by hand.`,
    );
  }
  if (stack === null) {
    return layout && surprise("stack_changed", `The stack of ${tenant} is gone, and it was not Teal that removed it.`);
  }
  if (!known.some((one) => differences(stack, one).length === 0)) {
    return surprise("stack_changed", layout ? changedStack(tenant, stack, layout) : unknownStack(tenant));
  }
  if (!layout) return null;
  if ([layout, ...splits].some((one) => isDeepStrictEqual(trafficOf(one), traffic))) return null;
  if (traffic === null)
    return surprise("traffic_moved", `The route of ${tenant} is gone, or leads to no slot: nobody is served.`);
  if (layout.suspended)
    return surprise("traffic_moved", `The route of ${tenant}, which is suspended, leads to its slots again.`);
  const [is, was] = [weightsText(traffic), weightsText(layout.weights)];
  return surprise(
    "traffic_moved",
    `The traffic of ${tenant} is at ${is}; Teal left it at ${was}. Somebody has moved it by hand.`,
  );
}

/** Changes of objects that a person should know of before an operation begins; null where there is none. */
export function changesToTell(tenant: string, items: readonly DriftItem[]): Surprise | null {
  const news = items.filter((item) => !item.kept);
  if (news.length === 0) return null;
  const list = news.map(({ change, kind, name, properties }) => {
    const what = properties.map(({ path }) => path).join(", ");
    return `${kind} ${name} ${change}${what === "" ? "" : `: ${what}`}`;
  });
  const message = `Objects of ${tenant} were changed behind Teal's back: ${list.join("; ")}. The new slot won't have such changes.`;
  return surprise("objects_changed", message, list);
}

function changedStack(tenant: string, stack: FoundLayout, layout: Layout): string {
  const how = differences(stack, layout).join("; ");
  return `The stack of ${tenant} is not as Teal left it: ${how}. Somebody used Pulumi by hand, or the ledger is older than the stack.`;
}

function unknownStack(tenant: string): string {
  return `There is a stack of ${tenant} that this ledger knows nothing of: it was made by hand, or the ledger is older than the stack.`;
}

function surprise(code: SurpriseCode, message: string, evidence: readonly string[] = []): Surprise {
  return { code, message, evidence };
}

const choices =
  "resume: the operation goes on, and what it touches becomes as Teal wants it; abort: it goes back, or is cancelled where it has done nothing yet; or keep what is there (POST …/drift/keep), which ends the operation.";

/** A surprise as what an operation waits for. */
export function asking({ code, message, evidence }: Surprise): Outcome {
  return {
    code,
    cause: "person",
    message: `${message} Say what is right: ${choices}`,
    evidence: evidence.map((text) => ({ source: "pulumi", text })),
  };
}
