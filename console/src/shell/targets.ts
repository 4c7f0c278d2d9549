import type { FleetRow, Release } from "../api/types.ts";

export interface Target {
  /** Where it leads. */
  id: string;
  name: string;
  what: string;
}

const most = 30;

/** Where one may want to go who has typed `text`: what begins with it first, then what has it somewhere. */
export function found(
  text: string,
  env: string,
  rows: readonly Pick<FleetRow, "id" | "name" | "hostnames" | "release">[],
  releases: readonly Pick<Release, "version">[],
): Target[] {
  const wanted = text.trim().toLowerCase();
  const tenants = rows.map((row) => ({
    target: {
      id: `/environments/${env}/tenants/${row.id}`,
      name: row.name,
      what: [row.name === row.id ? "tenant" : row.id, row.release].filter(Boolean).join(" · "),
    },
    texts: [row.id, row.name, ...(row.hostnames ?? [])],
  }));
  const versions = releases.map(({ version }) => ({
    target: { id: `/environments/${env}/releases/${encodeURIComponent(version)}`, name: version, what: "release" },
    texts: [version],
  }));
  const all = [...pages(env), ...tenants, ...versions];
  if (wanted === "") return all.slice(0, most).map(({ target }) => target);
  const ranked = all
    .map((one) => ({ ...one, rank: rankOf(one.texts, wanted) }))
    .filter(({ rank }) => rank < 2)
    .sort((a, b) => a.rank - b.rank);
  return ranked.slice(0, most).map(({ target }) => target);
}

function rankOf(texts: readonly string[], wanted: string): number {
  const lower = texts.map((text) => text.toLowerCase());
  if (lower.some((text) => text.startsWith(wanted))) return 0;
  return lower.some((text) => text.includes(wanted)) ? 1 : 2;
}

function pages(env: string) {
  const E = `/environments/${env}`;
  const named: [string, string][] = [
    ["Needs you", "/"],
    ["Activity", "/activity"],
    ["Fleet", `${E}/fleet`],
    ["Releases", `${E}/releases`],
    ["New tenant", `${E}/start/tenant`],
    ["Register a release", `${E}/start/release`],
    ["Start a rollout", `${E}/start/rollout`],
    ["Calendar", `${E}/calendar`],
    ["Certificates", `${E}/certificates`],
    ["Tenants that left", `${E}/offboarded`],
    ["Policy", `${E}/policy`],
  ];
  return named.map(([name, id]) => ({ target: { id, name, what: "page" }, texts: [name] }));
}
