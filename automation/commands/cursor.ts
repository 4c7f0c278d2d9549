import { TealError } from "../../model/errors.ts";
import type { Page } from "../../model/views.ts";

/** The lists there are: a cursor of one is none of another. */
type List =
  | "alerts"
  | "releases"
  | "tenants"
  | "operations"
  | "backups"
  | "drills"
  | "drill-reports"
  | "attention"
  | "fleet"
  | "activity"
  | "certificates"
  | "offboarded";

/**
 * A page by `read`, which is asked for one row more than the page holds to see whether there is another page.
 * `keyOf` is what the next page begins after.
 */
export async function paged<Row, View>(
  list: List,
  { limit, cursor }: { limit: number; cursor?: string },
  read: (after: string | undefined, limit: number) => Promise<Row[]>,
  { keyOf, viewOf }: { keyOf: (row: Row) => string | number; viewOf: (row: Row) => View },
): Promise<Page<View>> {
  const rows = await read(cursor === undefined ? undefined : decode(list, cursor), limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: items.map(viewOf), ...(more && { next: encode(list, keyOf(last)) }) };
}

/** The number that a cursor of a numbered list holds. Throws `invalid_cursor`. */
export function numberOf(after: string | undefined): number | undefined {
  if (after === undefined) return undefined;
  if (!/^\d{1,15}$/.test(after)) throw invalidCursor();
  return Number(after);
}

function encode(list: List, key: string | number): string {
  return Buffer.from(`${list}:${key}`).toString("base64url");
}

function decode(list: List, cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString();
  const key = text.slice(list.length + 1);
  if (!text.startsWith(`${list}:`) || !/^[a-z0-9.-]{1,200}$/.test(key)) throw invalidCursor();
  return key;
}

function invalidCursor(): TealError {
  return new TealError("invalid_cursor", "Expected a cursor that this list gave as `next`. Begin again without one.");
}
