import type { DrillReport, DrillView } from "../../../model/drill.ts";
import type { TenantDrill, TenantDrills } from "../../ledger/drills/read.ts";

/** What the API shows of a drill. */
export function drillView(row: TenantDrill): DrillView {
  const { id, environment, tenant, backup, state, actor: by, reason } = row;
  const times = {
    ...timed("beganAt", row.began_at),
    ...timed("endedAt", row.ended_at),
    ...timed("restoredTo", row.restored_to),
    ...timed("newestWriteAt", row.newest_write_at),
  };
  return {
    ...{ id, environment, tenant, backup, state, by, reason },
    askedAt: row.asked_at.toISOString(),
    ...times,
    ...given("rpoSeconds", row.rpo_seconds),
    ...given("rtoSeconds", row.rto_seconds),
    ...given("bytes", row.bytes),
    ...given("files", row.files),
    ...given("code", row.code),
    ...given("message", row.message),
  };
}

export function drillReport({ tenant, everyDays, overdueSince, ...of }: TenantDrills): DrillReport {
  return {
    ...{ tenant, everyDays },
    ...(of.last && { last: drillView(of.last) }),
    ...(of.lastPassed && { lastPassed: drillView(of.lastPassed) }),
    ...(of.unfinished && { unfinished: drillView(of.unfinished) }),
    ...timed("overdueSince", overdueSince),
  };
}

const given = <K extends string, T>(name: K, value: T | null): { [key in K]?: T } =>
  (value === null ? {} : { [name]: value }) as { [key in K]?: T };
const timed = <K extends string>(name: K, time: Date | null) => given(name, time && time.toISOString());
