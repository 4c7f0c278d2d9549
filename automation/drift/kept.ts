import type { DriftItem } from "../../model/views.ts";
import type { FoundLayout } from "./expected.ts";

/** An operator's decision to leave what has drifted as it is, for now. */
export interface Kept {
  by: string;
  reason: string;
  /** ISO 8601. */
  at: string;
  /** Ids of the items that it is about. */
  items: string[];
  /** What the stack had then: where hands have moved traffic in the cluster alone, the stack does not know it. */
  stack: FoundLayout;
}

/** The items, those marked that a decision is about. What has changed since is another item, with an id of its own. */
export function markKept(items: readonly DriftItem[], kept: Kept | null): DriftItem[] {
  return items.map((item) => {
    if (!kept?.items.includes(item.id)) return item;
    const { by, reason, at } = kept;
    return { ...item, kept: { by, reason, at } };
  });
}
