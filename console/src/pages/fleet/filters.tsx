import { useMemo } from "react";
import type { FleetRow } from "../../api/types.ts";
import { count, counted } from "../../words/figures.ts";
import { isShown, shows, type Grouping, type Show, type Sort, type View } from "./arrange.ts";

const showNames: Record<Show, string> = {
  all: "All",
  moving: "Under way",
  attention: "Need a look",
  behind: "Behind",
  unready: "Not ready",
  suspended: "Suspended",
};
const sortNames: [Sort, string][] = [
  ["name", "Name"],
  ["behind", "Furthest behind"],
  ["release", "Release"],
  ["ring", "Ring"],
  ["activity", "Latest activity"],
];
const groupNames: [Grouping, string][] = [
  ["none", "Not grouped"],
  ["ring", "By ring"],
  ["tier", "By tier"],
  ["release", "By release"],
];

interface Props {
  rows: readonly FleetRow[];
  view: View;
  change: (change: Partial<View>) => void;
  shown: number;
}

export function Filters({ rows, view, change, shown }: Props) {
  const counts = useMemo(
    () => Object.fromEntries(shows.map((show) => [show, rows.filter((row) => isShown(row, show)).length])),
    [rows],
  );
  const rings = useMemo(() => [...new Set(rows.map(({ ring }) => ring))].sort((a, b) => a - b), [rows]);
  const filtered =
    view.release !== "" || view.tier !== "" || view.ring !== "" || view.text !== "" || view.show !== "all";
  return (
    <div className="filters">
      <input
        type="search"
        className="input filter-text"
        aria-label="Search by name, id or host name"
        placeholder="Name, id or host name"
        value={view.text}
        onChange={(event) => change({ text: event.target.value })}
      />
      <div className="chips" role="group" aria-label="Show">
        {shows.map((show) => (
          <button
            key={show}
            type="button"
            className="chip"
            aria-pressed={view.show === show}
            onClick={() => change({ show })}
          >
            {showNames[show]} <span className="faint">{count(counts[show] ?? 0)}</span>
          </button>
        ))}
      </div>
      <Choice label="Tier" value={view.tier} onChange={(tier) => change({ tier })}>
        {[
          ["", "Every tier"],
          ["small", "small"],
          ["medium", "medium"],
          ["large", "large"],
        ]}
      </Choice>
      <Choice label="Ring" value={view.ring} onChange={(ring) => change({ ring })}>
        {[["", "Every ring"], ...rings.map((ring) => [String(ring), `Ring ${ring}`])]}
      </Choice>
      <Choice label="Group" value={view.group} onChange={(group) => change({ group: group as Grouping })}>
        {groupNames}
      </Choice>
      <Choice label="Sort" value={view.sort} onChange={(sort) => change({ sort: sort as Sort })}>
        {sortNames}
      </Choice>
      <span className="small muted push" role="status">
        {filtered ? `${counted(shown, "tenant")} shown` : ""}
        {view.release !== "" && ` with ${view.release}`}
      </span>
      {filtered && (
        <button
          type="button"
          className="button button-small"
          onClick={() => change({ text: "", show: "all", tier: "", ring: "", release: "" })}
        >
          Show all
        </button>
      )}
    </div>
  );
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: readonly (readonly string[])[];
}) {
  return (
    <select
      className="input filter-choice"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
