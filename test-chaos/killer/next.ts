/** Stands in for model/machine/next.ts where the driver asks for it. */
import { next as real } from "../../model/machine/next.ts";
import { decided } from "./ownActions.ts";

export const next: typeof real = (operation, facts) => {
  const action = real(operation, facts);
  decided(operation, action);
  return action;
};
