import { createAutomation } from "../../automation/commands/createAutomation.ts";
import type { Automation } from "../../automation/automation.ts";
import type { Deps } from "../../automation/commands/deps.ts";
import type { Claim } from "../../automation/ledger/claims.ts";
import type { Ledger } from "../../automation/ledger/ledger.ts";
import type { Queue } from "../../automation/queue/queue.ts";
import type { RenderedTenant } from "../../automation/render.ts";
import type { Layout } from "../../model/layout.ts";
import { next } from "../../model/machine/next.ts";
import { step } from "../../model/machine/step.ts";
import type { MachineEvent } from "../../model/machine/table.ts";
import { newRelease, type NewRelease } from "../../model/release.ts";
import { newTenant, type NewTenant } from "../../model/tenant.ts";
import { openBooks } from "./books.ts";
import { depsOn } from "./deps.ts";
import { freshDatabase } from "./postgres.ts";

export interface Harness {
  url: string;
  ledger: Ledger;
  queue: Queue;
  automation: Automation;
  /** What the preview was asked for. */
  previewed: { tenant: RenderedTenant; layout: Layout }[];
  close(): Promise<void>;
}

export const call = { actor: "alice" };
export const because = { actor: "alice", reason: "a test" };

/** All of automation but worker and stacks, on a database of its own. */
export async function openHarness(overrides: Partial<Deps> = {}): Promise<Harness> {
  const url = await freshDatabase();
  const { ledger, queue, close } = await openBooks(url);
  const environments = ["develop", "production"];
  await ledger.declareEnvironments(environments);
  const previewed: Harness["previewed"] = [];
  const automation = createAutomation({
    ...depsOn({ ledger, queue }, environments),
    preview: async (tenant, layout) => {
      previewed.push({ tenant, layout });
      return { creates: 0, updates: 0, replaces: 0, deletes: 0, steps: [] };
    },
    ...overrides,
  });
  return { url, ledger, queue, automation, previewed, close };
}

export function release(version: string, more: object = {}): NewRelease {
  return newRelease.parse({ version, image: `teal/app:${version}`, ...more });
}

export function tenant(id: string, more: object = {}): NewTenant {
  return newTenant.parse({ id, name: id.toUpperCase(), release: "1.0.0", ...more });
}

/** Registers releases and provisions tenants of `production`, as if a worker had done it. */
export async function provisioned({ automation, ledger }: Harness, ...tenants: NewTenant[]): Promise<void> {
  for (const version of ["1.0.0", "2.0.0"]) await automation.releases.register("production", release(version), call);
  for (const one of tenants) {
    const { id } = await automation.tenants.create("production", one, call);
    await run(ledger, id);
  }
}

/** Plays the worker: every action succeeds. Stops before the phase `until`, the operation still claimed. */
export async function run(ledger: Ledger, operationId: string, until?: string): Promise<Claim> {
  const taken = await ledger.claim(operationId, "test", 60);
  if (!taken) throw new Error(`Operation ${operationId} can't be claimed.`);
  for (let claim = taken; ;) {
    const { operation } = claim;
    if (operation.endedAt || operation.phase === until) return claim;
    const action = next(operation, { now: new Date(), stopped: null, freeze: null });
    const changes = action.do === "apply" ? { layout: action.layout } : {};
    claim = await happen(ledger, claim, eventOf(action), changes);
  }
}

/** One event of the machine, written down as the worker does. */
export async function happen(
  ledger: Ledger,
  claim: Claim,
  event: MachineEvent,
  changes: { layout?: Layout } = {},
): Promise<Claim> {
  const { operation } = claim;
  const change = step(operation, event, new Date());
  if (!change) throw new Error(`${event} means nothing in ${operation.phase}.`);
  const { move } = operation;
  return ledger.advance(claim, {
    change,
    ...changes,
    ...(change.phase === "succeeded" && move && { tenantRevision: move.revision }),
    ...(event === "removed" && { offboarded: true, removed: { checked: [], others: [] } }),
    events: [{ type: "phase", phase: change.phase, message: `${change.phase}` }],
  });
}

export function eventOf(action: ReturnType<typeof next>): MachineEvent {
  switch (action.do) {
    case "begin":
      return "started";
    case "backup":
      return "backed-up";
    case "migrate":
      return "migrated";
    case "restore":
      return "restored";
    case "grace":
      return "held";
    case "export":
      return "exported";
    case "warm":
      return "warmed";
    case "ask":
      throw new Error("It asks for an approval.");
    case "verify":
      return "verified";
    case "analyse":
      return "passed";
    case "remove":
      return "removed";
    case "rest":
      throw new Error("It rests.");
    default:
      return action.done ?? "held";
  }
}
