import type pino from "pino";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { foundIn, otherLayouts } from "../drift/expected.ts";
import { surpriseIn, type Found } from "../drift/surprise.ts";
import { noteAttention } from "../ledger/tenants/attention.ts";
import { idleTenants, noteUnknownStacks, type IdleTenant } from "../ledger/tenants/survey.ts";
import type { Effects } from "./effects.ts";
import { keepRounds } from "./rounds.ts";

/** Between two looks at where traffic goes, minutes. Stacks are read at the start only: that is a file or two for each. */
const everyMinutes = 10;
const page = 200;

export interface SurveyOptions {
  effects: Pick<Effects, "ledger" | "stacks" | "routes">;
  environments: readonly string[];
  log: pino.Logger;
}

/**
 * Looks over all tenants on which nothing is under way, once at the start and then every few minutes, and writes down
 * which of them are not as Teal left them: while it was down somebody may have moved traffic by hand, or the ledger may
 * be an old one. Changes nothing else. An operation looks for itself before it begins (look.ts).
 */
export function startSurvey(options: SurveyOptions): { stop(): Promise<void> } {
  let stacksToo = true;
  const round = (signal: AbortSignal) => {
    const look = survey(options, stacksToo, signal);
    stacksToo = false;
    return look;
  };
  const failed = (error: unknown) =>
    options.log.warn({ err: error }, "tenants could not be looked over; it is tried again");
  return keepRounds(everyMinutes * 60_000, round, failed);
}

async function survey(options: SurveyOptions, stacksToo: boolean, signal: AbortSignal): Promise<void> {
  const { effects } = options;
  const { ledger } = effects;
  if (stacksToo) await noteStacks(options);
  const splits = await effects.routes.splits();
  for (let after: string | null = null; !signal.aborted;) {
    const tenants: IdleTenant[] = await ledger.read((db) => idleTenants(db, after, page));
    for (const tenant of tenants) {
      if (signal.aborted) return;
      const stack = stacksToo ? foundIn(await effects.stacks.last(tenant)) : tenant.layout;
      await compare(options, tenant, { stack, traffic: splits.get(namespaceOf(tenant)) ?? null });
    }
    after = tenants.at(-1)?.uid ?? null;
    if (tenants.length < page) return;
  }
}

async function compare({ effects }: SurveyOptions, tenant: IdleTenant, found: Found): Promise<void> {
  const { id, layout, failedMove, kept, attention } = tenant;
  const others = otherLayouts({ moves: [failedMove], kept });
  const surprise = surpriseIn(id, { layout, others, splits: others }, found);
  if (surprise || attention) await effects.ledger.transaction((tx) => noteAttention(tx, tenant, surprise));
}

async function noteStacks({ effects, environments, log }: SurveyOptions): Promise<void> {
  const stacks = await effects.stacks.list();
  for (const environment of environments) {
    const prefix = `${environment}.`;
    const tenants = stacks.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    const unknown = await effects.ledger.transaction((tx) => noteUnknownStacks(tx, environment, tenants));
    if (unknown.length > 0)
      log.warn({ environment, unknown }, "there are stacks of tenants that the ledger doesn't know");
  }
}
