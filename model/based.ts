import type { Layout, Move } from "./layout.ts";

/** What there was `before`, with what the move gives the tenant as a whole. */
export function based(move: Move, { affinity, ...before }: Layout): Layout {
  const { revision, volume, schema, policy } = move;
  return {
    ...before,
    ...(policy ? affinityOf(move) : affinity && { affinity }),
    revision,
    ...(volume !== undefined && { volume }),
    ...(schema !== undefined && { schema }),
  };
}

export function affinityOf({ policy }: Pick<Move, "policy">): Pick<Layout, "affinity"> {
  return policy?.affinity === "cookie" ? { affinity: "cookie" } : {};
}

/**
 * What there was `before`, to go back to. Data goes nowhere: a volume stays once it may be there, and a schema once its
 * migration has begun (`migrated`).
 */
export function back({ volume, schema }: Move, before: Layout, migrated: boolean): Layout {
  return {
    ...before,
    ...(volume !== undefined && { volume }),
    ...(migrated && schema !== undefined && { schema }),
  };
}
