import type { Layout, Move } from "./layout.ts";

/** What there was `before`, with what the move gives the tenant as a whole. */
export function based({ revision, volume, schema }: Move, before: Layout): Layout {
  return {
    ...before,
    revision,
    ...(volume !== undefined && { volume }),
    ...(schema !== undefined && { schema }),
  };
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
