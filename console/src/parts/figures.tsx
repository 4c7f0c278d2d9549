import type { Figure } from "../api/types.ts";
import { count, latency, percent } from "../words/figures.ts";
import { Mark } from "./slot.tsx";
import { Status } from "./status.tsx";

const metricNames: Record<Figure["metric"], string> = {
  "success-rate": "Share of good answers",
  "error-rate": "Share of failed answers",
  p95: "95 of 100 answers within",
  p99: "99 of 100 answers within",
  promql: "Own query",
};

/** Figures beside their limits and the number of requests that they are of: what a verdict rests on. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls has to be reached by keyboard.
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Figures">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">New</th>
            <th scope="col">Old</th>
            <th scope="col">Limit</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.check}>
              <td>
                <span className="strong">{figure.check}</span>
                <br />
                <span className="small faint">{metricNames[figure.metric]}</span>
              </td>
              <td>
                <Side side={figure.new} metric={figure.metric} />
              </td>
              <td>
                <Side side={figure.old} metric={figure.metric} />
              </td>
              <td className="small">{limitText(figure)}</td>
              <td>
                <Verdict figure={figure} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Side({ side, metric }: { side: Figure["new"]; metric: Figure["metric"] }) {
  return (
    <>
      <span className="strong">{side.value === null ? "not measured" : valueText(side.value, metric)}</span>
      <br />
      <span className="small faint nowrap">
        <Mark color={side.color} />
        {side.requests !== null && ` · of ${count(side.requests)}`}
      </span>
    </>
  );
}

function Verdict({ figure }: { figure: Figure }) {
  if (figure.verdict === "good") return <Status tone="done">Good</Status>;
  if (figure.verdict === "bad") return <Status tone="bad">Bad</Status>;
  return (
    <>
      <Status tone="quiet">Too few</Status>
      <br />
      <span className="small faint">needs {count(figure.minRequests)} requests</span>
    </>
  );
}

export function limitText({ limit, metric }: Pick<Figure, "limit" | "metric">): string {
  const parts = [
    limit.max !== undefined && `at most ${valueText(limit.max, metric)}`,
    limit.min !== undefined && `at least ${valueText(limit.min, metric)}`,
    limit.maxRatio !== undefined && `at most ${limit.maxRatio}× the old one`,
  ];
  return parts.filter((part) => part !== false).join(", or ");
}

function valueText(value: number, metric: Figure["metric"]): string {
  if (metric === "promql") return String(Number(value.toPrecision(4)));
  return metric === "p95" || metric === "p99" ? latency(value) : percent(value);
}
