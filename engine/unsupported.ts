import { TealError } from "../model/errors.ts";

/** The error for anything that this engine leaves to Pulumi's own: raised before anything is touched. */
export function unsupported(what: string): TealError {
  return new TealError(
    "engine_unsupported",
    `the embedded engine does not support ${what}; run this stack with the \`cli\` engine (TEAL_ENGINE=cli)`,
    { data: { what } },
  );
}
