import type pino from "pino";
import type { Automation } from "../automation/automation.ts";

const everySeconds = 10;

/**
 * Looks at Teal itself every few seconds, so that it can say since when something is not well, and logs where that
 * changes. Gives how to stop it.
 */
export function watchStatus({ overview }: Pick<Automation, "overview">, log: pino.Logger): () => Promise<void> {
  let told = "";
  const look = async () => {
    const { parts } = await overview.status();
    const unwell = parts.filter(({ ok }) => !ok).map(({ name, problem }) => ({ name, problem }));
    const names = unwell.map(({ name }) => name).join(" ");
    if (names !== told)
      log[names === "" ? "info" : "warn"]({ unwell }, names === "" ? "all is well again" : "not all is well");
    told = names;
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => (looking = looking.then(look)), everySeconds * 1000);
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
