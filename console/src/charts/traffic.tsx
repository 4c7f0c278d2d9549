import { useMemo } from "react";
import type { Color, Traffic } from "../api/types.ts";
import { Note } from "../parts/note.tsx";
import { Mark } from "../parts/slot.tsx";
import { At } from "../parts/time.tsx";
import { latency, percent, rate } from "../words/figures.ts";
import type { Role } from "../pages/tenant/roles.ts";
import { Plot, type Series } from "./plot.tsx";
import { aligned } from "./aligned.ts";

type Point = Traffic["series"]["blue"][number];
const charts: { title: string; of: (point: Point) => number | null; format: (value: number) => string }[] = [
  { title: "Requests", of: (point) => point.requestsPerSecond, format: rate },
  { title: "Failed answers", of: (point) => point.errorShare, format: percent },
  { title: "95 of 100 answers within", of: (point) => point.p95, format: latency },
];

/** Requests, errors and times of both slots, each by its own line: blue is drawn through, green is dashed. */
export default function TrafficCharts({ traffic, roles }: { traffic: Traffic; roles: readonly Role[] }) {
  const { blue, green } = traffic.series;
  if (traffic.source === "none" || (blue.length === 0 && green.length === 0))
    return (
      <Note title="Nothing is measured yet">
        <p>
          {traffic.problem ??
            "Figures begin with the first requests, and with the start of this server: within a minute you see them."}
        </p>
      </Note>
    );
  return (
    <div className="stack-s">
      <p className="row small">
        {roles.map(({ role, color, slot }) => (
          <span key={color} className="row-tight">
            <span className="muted">{role}</span> <span className="version">{slot.release}</span> <Mark color={color} />
            <span className="faint">{color === "blue" ? "drawn through" : "dashed"}</span>
          </span>
        ))}
        {traffic.since !== null && (
          <span className="faint push">
            figures begin at <At at={traffic.since} />
          </span>
        )}
      </p>
      {traffic.problem !== undefined && <p className="small muted">{traffic.problem}</p>}
      <div className="charts">
        {charts.map((chart) => (
          <Chart key={chart.title} traffic={traffic} {...chart} />
        ))}
      </div>
    </div>
  );
}

function Chart({ traffic, title, of, format }: { traffic: Traffic } & (typeof charts)[number]) {
  const { times, values } = useMemo(() => aligned(traffic.series, of), [traffic.series, of]);
  const series = useMemo(
    () =>
      (["blue", "green"] as const).map((color): Series => ({
        name: color,
        token: `--${color}`,
        dashed: color === "green",
        values: values[color],
      })),
    [values],
  );
  return (
    <figure className="stack-s">
      <figcaption className="small strong">{title}</figcaption>
      <Plot label={`${title}: ${spoken(values, format)}`} times={times} series={series} format={format} />
    </figure>
  );
}

/** The latest figures, for whoever can't see the lines. */
function spoken(values: Record<Color, (number | null)[]>, format: (value: number) => string): string {
  const parts = (["blue", "green"] as const).flatMap((color) => {
    const last = values[color].findLast((value) => value !== null);
    return last == null ? [] : [`${color} ${format(last)}`];
  });
  return parts.length === 0 ? "nothing measured" : `latest ${parts.join(", ")}`;
}
