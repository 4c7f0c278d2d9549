import type { ActivityItem } from "../../../model/console/activity.ts";
import type { Page } from "../../../model/views.ts";
import type { ActivityFilter, PageQuery } from "../../automation.ts";
import { listActivity } from "../../ledger/events/activity.ts";
import { readOperation } from "../../ledger/operations/read.ts";
import type { EventRow } from "../../ledger/schema.ts";
import { numberOf, paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { operationNotFound } from "../operations/notFound.ts";
import { eventView } from "../views.ts";

/** What happened, newest first. Throws `environment_not_found`, `operation_not_found`. */
export async function activityCommand(
  deps: Deps,
  filter: ActivityFilter,
  page: PageQuery,
): Promise<Page<ActivityItem>> {
  const { ledger, environments } = deps;
  const { environment, operation } = filter;
  if (environment !== undefined) requireEnvironment(deps, environment);
  if (operation !== undefined && !(await ledger.read((db) => readOperation(db, operation))))
    throw operationNotFound(operation);
  return paged(
    "activity",
    page,
    (before, limit) => ledger.read((db) => listActivity(db, { ...filter, environments }, numberOf(before), limit)),
    { keyOf: ({ id }) => id, viewOf: activityItem },
  );
}

function activityItem(row: EventRow): ActivityItem {
  const { actor, reason } = row.data;
  return { ...eventView(row), actor: textOrNull(actor), reason: textOrNull(reason) };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
