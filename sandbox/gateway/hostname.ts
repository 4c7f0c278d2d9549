/** `ACME.example.com.:8080` → `acme.example.com`; IPv6 literals keep their brackets. */
export function hostOf(header: string | undefined): string {
  const host = (header ?? "").toLowerCase().replace(/:\d+$/, "");
  return host.endsWith(".") ? host.slice(0, -1) : host;
}

/** The names under which a host is looked up, the most specific first: itself, its wildcards, everything. */
export function* lookups(host: string): Generator<string> {
  yield host;
  for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) yield `*${host.slice(dot)}`;
  yield "*";
}

/** What two host names (exact, `*.suffix`, or `*` for all) have in common: the more specific one; else undefined. */
export function intersection(a: string, b: string): string | undefined {
  if (a === b || b === "*") return a;
  if (a === "*") return b;
  if (covers(a, b)) return b;
  return covers(b, a) ? a : undefined;
}

const covers = (wildcard: string, name: string): boolean =>
  wildcard.startsWith("*.") && name.endsWith(wildcard.slice(1)) && name.length > wildcard.length - 1;
