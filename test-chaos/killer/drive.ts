/** Stands in for automation/worker/drive.ts where the worker asks for it. */
import { drive as real } from "../../automation/worker/drive.ts";
import { watched, watchedSleep } from "./ownActions.ts";

export const drive: typeof real = (driver, claim) => {
  const effects = { ...driver.effects, ledger: watched(driver.effects.ledger) };
  return real({ ...driver, effects, sleep: watchedSleep(claim.operation.id, driver.sleep) }, claim);
};
