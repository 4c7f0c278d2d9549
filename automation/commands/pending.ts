import { TealError } from "../../model/errors.ts";

/** Declared, not built yet. */
export const pending = async (): Promise<never> => {
  throw new TealError("internal", "This is not built yet.");
};
