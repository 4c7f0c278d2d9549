import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./plot.css";

export interface Series {
  name: string;
  /** Name of the token of its colour. */
  token: string;
  dashed: boolean;
  values: (number | null)[];
}

/** A chart of some series over the same times (seconds since 1970). Its figures are also told in words: see `label`. */
export function Plot({
  label,
  times,
  series,
  format,
}: {
  label: string;
  times: number[];
  series: readonly Series[];
  format: (value: number) => string;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current!;
    let plot: uPlot | null = null;
    const draw = (): void => {
      plot?.destroy();
      plot = new uPlot(optionsOf(box, series, format), [times, ...series.map(({ values }) => values)], box);
    };
    draw();
    const size = new ResizeObserver(() => plot?.setSize({ width: box.clientWidth, height }));
    size.observe(box);
    // Colours are read when it is drawn.
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    return () => {
      size.disconnect();
      theme.disconnect();
      scheme.removeEventListener("change", draw);
      plot?.destroy();
    };
  }, [times, series, format]);
  return <div ref={place} className="plot" role="img" aria-label={label} />;
}

const height = 150;

function optionsOf(box: HTMLElement, series: readonly Series[], format: (value: number) => string): uPlot.Options {
  const style = getComputedStyle(box);
  const color = (name: string): string => resolved(box, `var(${name})`);
  const axis = { stroke: color("--ink-3"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false } };
  const font = `11px ${style.fontFamily}`;
  return {
    width: box.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    padding: [8, 8, 0, 0],
    scales: { y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] } },
    axes: [
      { ...axis, font, space: 70, values: (_, ticks) => ticks.map(clockOf) },
      { ...axis, font, size: 62, values: (_, ticks) => ticks.map(format) },
    ],
    series: [
      {},
      ...series.map(({ name, token, dashed, values }) => ({
        label: name,
        stroke: color(token),
        width: 2,
        spanGaps: false,
        points: { show: values.length === 1 },
        ...(dashed && { dash: [6, 3] }),
      })),
    ],
  };
}

/** A canvas knows no variables and no light-dark(). */
function resolved(box: HTMLElement, color: string): string {
  const probe = document.createElement("span");
  probe.style.color = color;
  box.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function clockOf(seconds: number): string {
  const at = new Date(seconds * 1000);
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}
