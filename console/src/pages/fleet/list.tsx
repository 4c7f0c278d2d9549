import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { ExternalLink } from "lucide-react";
import { memo, useLayoutEffect, useRef, useState } from "react";
import { Link } from "wouter";
import type { FleetRow } from "../../api/types.ts";
import { SplitBar } from "../../parts/slot.tsx";
import { counted } from "../../words/figures.ts";
import type { Line } from "./arrange.ts";
import { Doing, Live, Pods } from "./cells.tsx";

const heads = ["Tenant", "Traffic", "Release", "Pods", "What happens"];

/** The lines that are in sight, and no others: a fleet of thousands scrolls like one of ten. */
export function FleetList({ env, lines, url }: { env: string; lines: readonly Line[]; url: string }) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const watching = new ResizeObserver(measure);
    watching.observe(document.body);
    return () => watching.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => (window.innerWidth < 800 ? 104 : 53),
    overscan: 12,
    scrollMargin: top,
    getItemKey: (i) => keyOf(lines[i]!),
  });
  return (
    <div role="table" aria-label="Tenants" aria-rowcount={lines.length + 1} className="fleet">
      <div role="row" aria-rowindex={1} className="fleet-row fleet-head">
        {heads.map((head) => (
          <span key={head} role="columnheader">
            {head}
          </span>
        ))}
      </div>
      <div role="rowgroup" ref={list} style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            role="row"
            aria-rowindex={index + 2}
            data-index={index}
            ref={virtual.measureElement}
            className="fleet-at"
            style={{ transform: `translateY(${start - top}px)` }}
          >
            <LineOf line={lines[index]!} env={env} url={url} />
          </div>
        ))}
      </div>
    </div>
  );
}

function keyOf(line: Line): string {
  return "row" in line ? line.row.id : `group ${line.group}`;
}

function LineOf({ line, env, url }: { line: Line; env: string; url: string }) {
  if ("row" in line) return <Row row={line.row} env={env} url={url} />;
  return (
    <span role="cell" aria-colspan={heads.length} className="fleet-group">
      <span className="strong">{line.group}</span> <span className="faint">{counted(line.tenants, "tenant")}</span>
    </span>
  );
}

const Row = memo(function Row({ row, env, url }: { row: FleetRow; env: string; url: string }) {
  return (
    <div className="fleet-row">
      <span role="cell" className="fleet-name">
        <span className="row-tight">
          <Link href={`/environments/${env}/tenants/${row.id}`} className="strong fleet-link">
            {row.name}
          </Link>
          <a
            href={url.replace("{id}", row.id)}
            target="_blank"
            rel="noreferrer"
            className="faint"
            aria-label={`Open ${row.name} as its customers do`}
          >
            <ExternalLink aria-hidden="true" />
          </a>
        </span>
        <span className="small faint fleet-sub">
          {row.id} · {row.tier} · ring {row.ring}
        </span>
      </span>
      <span role="cell" className="fleet-split">
        <SplitBar weights={weightsOf(row)} />
      </span>
      <span role="cell">
        <Live row={row} />
      </span>
      <span role="cell">
        <Pods row={row} />
      </span>
      <span role="cell">
        <Doing row={row} env={env} />
      </span>
    </div>
  );
});

function weightsOf(row: FleetRow) {
  if (row.suspended === true || row.live === null) return null;
  return row.weights ?? { blue: row.live === "blue" ? 100 : 0, green: row.live === "green" ? 100 : 0 };
}
