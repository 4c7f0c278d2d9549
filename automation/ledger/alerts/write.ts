import type { ToldAlert } from "../../alerts/told.ts";
import type { Queries } from "../database.ts";
import { json, text } from "../json.ts";

/** Writes down an alert that Teal had not heard of; gives its id. */
export async function insertAlert(tx: Queries, told: ToldAlert): Promise<string> {
  const { fingerprint, environment, tenant, startsAt, endedAt } = told;
  const row = await tx
    .insertInto("alerts")
    .values({ ...contentOf(told), fingerprint, environment, tenant, starts_at: startsAt, ended_at: endedAt })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** It fires still, or again: as it was told last. */
export async function renewAlert(tx: Queries, id: string, told: ToldAlert): Promise<void> {
  await tx
    .updateTable("alerts")
    .set({ ...contentOf(told), told_at: new Date(), ended_at: null, lapsed: false })
    .where("id", "=", id)
    .execute();
}

export async function endAlert(tx: Queries, id: string, endedAt: Date): Promise<void> {
  await tx
    .updateTable("alerts")
    .set({ told_at: new Date(), ended_at: endedAt })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}

function contentOf(told: ToldAlert) {
  const { severity, color, description, runbook, generator, expiresAt } = told;
  return {
    name: text(told.name),
    severity,
    color,
    summary: text(told.summary),
    description: description === null ? null : text(description),
    runbook,
    generator,
    labels: json(told.labels),
    expires_at: expiresAt,
  };
}
