import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { interventions, type OperationKind, type OperationState, type Phase } from "../model/operation.ts";
import type { OperationView } from "../model/views.ts";
import type { ChaosTeal } from "./chaosTeal.ts";
import { assertNothingLeft } from "./ending.ts";
import type { Kill, Spot } from "./killer/plan.ts";
import { count } from "./tally.ts";
import { visit, type Visits } from "./visits.ts";

/** One thing after another: a death, or what a person does meanwhile. */
export type Event =
  | Omit<Kill, "tenant">
  | { act: (teal: ChaosTeal, operation: OperationView) => Promise<unknown> }
  /** After a death: the server is started without a worker for it. */
  | { withoutWorker: (teal: ChaosTeal, operation: OperationView) => Promise<unknown> }
  /** From then on the action there fails for good; null: no longer. */
  | { fail: Spot | null };

export interface Scenario {
  kind: OperationKind;
  name: string;
  /** Its own, whom nobody else touches. */
  tenant: string;
  /** What it has before; absent: nothing, the scenario provisions it. */
  release?: string;
  prepare?: (teal: ChaosTeal, tenant: string) => Promise<unknown>;
  /** Asks for the operation; asked again with the same headers where the answer was lost. */
  begin: (teal: ChaosTeal, tenant: string, headers: Record<string, string>) => Promise<OperationView>;
  events: Event[];
  ends: { state: OperationState; phases: Phase[]; release: string | null };
  /** What else must be so in the end. */
  check?: (teal: ChaosTeal, tenant: string) => Promise<void>;
  /** Requests to it may be answered with "suspended", or with the page of maintenance. */
  suspended?: boolean;
  /** Requests to it lead nowhere in the end. */
  gone?: boolean;
}

export function isKill(event: Event): event is Omit<Kill, "tenant"> {
  return "moment" in event;
}

/**
 * Plays a scenario: each death as it comes, a new start after it, and the operation must end as if nothing had been. All
 * the while requests go to the tenant and to another one.
 */
export async function play(teal: ChaosTeal, scenario: Scenario, bystander: string): Promise<void> {
  const { tenant, release } = scenario;
  if (release !== undefined) await provide(teal, scenario, release);
  await scenario.prepare?.(teal, tenant);
  const { suspended = false, gone = false } = scenario;
  const served = release !== undefined && !gone;
  const visits = [visit(teal, bystander), ...(served ? [visit(teal, tenant, { suspended })] : [])];
  let kills = 0;
  try {
    const operation = await liveThrough(teal, scenario, () => kills++);
    await assertEnded(teal, scenario, operation);
    count({ kills, endedWell: kills });
  } catch (error) {
    count({ kills, endedWell: 0 });
    throw error;
  } finally {
    teal.plan({});
    await endVisits(visits);
  }
}

async function provide(teal: ChaosTeal, { tenant }: Scenario, release: string): Promise<void> {
  const { state } = await teal.ending(await teal.provision(tenant, release));
  assert.equal(state, "succeeded");
}

async function liveThrough(teal: ChaosTeal, scenario: Scenario, killed: () => void): Promise<OperationView> {
  const { tenant, events } = scenario;
  const headers = { "idempotency-key": randomUUID() };
  const ask = async () => (operation ??= await teal.unlessItDies(() => scenario.begin(teal, tenant, headers)));
  let operation: OperationView | undefined;
  let failing: Spot | null = null;
  const arm = (from: number) => {
    const next = events.slice(from).find(isKill);
    teal.plan({ ...(next && { kill: { ...next, tenant } }), ...(failing && { fail: { tenant, at: failing } }) });
  };
  for (const [i, event] of events.entries()) {
    if (isKill(event)) {
      if (i === 0) arm(0);
      await ask();
      await teal.dies({ ...event, tenant }, async () =>
        JSON.stringify(operation && (await teal.operation(operation.id))),
      );
      killed();
      const next = events[i + 1];
      if (next && "withoutWorker" in next) {
        await teal.startServer();
        await next.withoutWorker(teal, (await ask())!);
        await teal.crash();
      }
      arm(i + 1);
      await teal.start();
    } else if (!("withoutWorker" in event)) {
      if ("fail" in event) failing = event.fail;
      arm(i);
      if ("act" in event) {
        await ask();
        await teal.unlessItDies(() => event.act(teal, operation!));
      }
    }
  }
  await ask();
  return operation!;
}

async function assertEnded(teal: ChaosTeal, scenario: Scenario, operation: OperationView): Promise<void> {
  const { ends } = scenario;
  const end = await teal.ending(operation);
  const events = await teal.events(operation.id);
  const story = JSON.stringify(events.map(({ type, message }) => `${type}: ${message}`));
  assert.equal(end.state, ends.state, `${JSON.stringify(end)} ${story}`);
  // Each once, in order: nothing was done twice, and nothing was left out.
  const turns = events.filter(({ type }) => type === "phase" || interventions.some((name) => name === type));
  assert.deepEqual(
    turns.map(({ phase }) => phase),
    ends.phases,
    story,
  );
  await assertNothingLeft(teal, scenario.tenant, ends.release);
  await scenario.check?.(teal, scenario.tenant);
  const broken = scenario.events.filter(isKill).filter(({ moment }) => moment === "sent" || moment === "answered");
  const interrupted = new Set(broken.map(({ at, step }) => `${at} ${step}`)).size;
  const repairs = events.filter(({ type }) => type === "repaired").length;
  assert.ok(repairs >= interrupted, `${interrupted} changes were interrupted, and ${repairs} repairs told: ${story}`);
}

async function endVisits(visits: Visits[]): Promise<void> {
  const results = await Promise.all(visits.map((one) => one.stop()));
  const failures = results.flatMap((one) => one.failures);
  count({ requests: results.reduce((sum, one) => sum + one.requests, 0), failed: failures.length });
  assert.deepEqual(failures.slice(0, 5), [], `${failures.length} requests failed`);
}
