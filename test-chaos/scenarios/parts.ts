import assert from "node:assert/strict";
import type { OffboardedView } from "../../model/offboarding.ts";
import type { OperationView } from "../../model/views.ts";
import type { ChaosTeal } from "../chaosTeal.ts";
import type { Moment, Spot } from "../killer/plan.ts";
import type { Event, Scenario } from "../scenario.ts";

/** A death at each of the moments, one after the other: each time it is taken up again and comes to the same place. */
export function deathsAt(at: Spot, ...moments: Moment[]): Event[] {
  return moments.map((moment) => ({ at, moment }));
}

/** How an operation on a tenant is asked for: `POST …/tenants/{id}/{what}`. */
export function asks(what: string, body: object): Scenario["begin"] {
  return (teal, tenant, headers) => postTo(teal, tenant, what, body, headers);
}

export function postTo(
  teal: ChaosTeal,
  tenant: string,
  what: string,
  body: object = {},
  headers?: Record<string, string>,
): Promise<OperationView> {
  return teal.accepted("POST", `/v1/environments/develop/tenants/${tenant}/${what}`, body, headers);
}

/** Does the same before the scenario, and waits for its end. */
export async function done(teal: ChaosTeal, operation: Promise<OperationView>): Promise<void> {
  await teal.ending(await operation);
}

/** `query`: how, such as `?graceSeconds=60`. */
export function offboards(query: string): Scenario["begin"] {
  return (teal, tenant, headers) =>
    teal.accepted("DELETE", `/v1/environments/develop/tenants/${tenant}${query}`, undefined, headers);
}

/** It is told once that the tenant is gone, and so many backups are kept with its export. */
export function isRecorded({ backups }: { backups: number }): Scenario["check"] {
  return async (teal, tenant) => {
    const path = `/v1/environments/develop/offboarded?tenant=${tenant}`;
    const { items } = await teal.accepted<{ items: OffboardedView[] }>("GET", path);
    assert.deepEqual(
      items.map(({ exported, kept }) => [exported === null, kept.backups]),
      [[false, backups]],
    );
  };
}
