/**
 * Text for a jsonb column. PostgreSQL's text holds neither NUL nor half of a surrogate pair; what pods write into their
 * logs may. They become U+FFFD, so that no log line keeps an operation from being written down.
 */
export function json(value: unknown): string {
  return JSON.stringify(clean(value));
}

/** Text for a text column: the same without NUL. */
export function text(value: string): string {
  return value.replaceAll("\0", "\u{fffd}").toWellFormed();
}

function clean(value: unknown): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), clean(item)]));
}
