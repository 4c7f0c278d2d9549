import { TealError } from "../../model/errors.ts";
import { outcomeSchema } from "../../model/operation.ts";
import { isProblemCode } from "../problems.ts";

/** Why a stack's plan fails is told as an operation's outcome is: who has to act, with what shows it. */
export function explain(error: unknown): never {
  if (!(error instanceof TealError) || isProblemCode(error.code)) throw error;
  const { code, message, data } = error;
  const outcome = outcomeSchema.safeParse({ ...data, code, message });
  if (!outcome.success) throw error;
  throw new TealError("preview_failed", message, { data: { outcome: outcome.data }, cause: error });
}
