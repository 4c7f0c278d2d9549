import type { Concern } from "../errors.ts";

/** What is asked of AWS when a tenant leaves. */
export const leaving: Concern = {
  what: {
    denied: "Give Teal's role the rights that docs/offboarding.md lists, then resume.",
  },
};
