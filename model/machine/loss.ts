import type { Operation } from "../operation.ts";

/** What is lost for good where a tenant is removed though it could not be exported; a phrase. */
export function lossOf({ move }: Pick<Operation, "move">): string {
  const settings = "the export of its settings";
  // Nothing of its data was to be kept, or there is none.
  if (!move?.backup) return settings;
  if (move.data || move.before?.data)
    return `${settings}, all that its bucket holds, for its earlier backups too, and what was written to its database since the last of them`;
  return `${settings}, and what was written to its volume since its last backup`;
}
