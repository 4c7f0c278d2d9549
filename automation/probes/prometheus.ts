import { z } from "zod";
import type { Color } from "../../model/color.ts";
import { TealError } from "../../model/errors.ts";

/** What a query template is filled in with. */
export interface QueryContext {
  namespace: string;
  color: Color;
  /** Since the step began. */
  seconds: number;
}

export interface Prometheus {
  /** Throws `prometheus_missing` where there is none to ask. */
  require(): void;
  /**
   * The one number that a query gives now; null where it gives none. Throws `prometheus_missing`, `query_refused`,
   * `query_ambiguous`, and `prometheus_unreachable`, which is waited out.
   */
  query(template: string, context: QueryContext): Promise<number | null>;
}

export interface Ranges {
  /**
   * How what a query gives went over a time: values by the label `by`, each with its moment in Unix seconds; NaN is left
   * out. Throws as `query` does.
   */
  range(query: string, by: string, span: { from: Date; to: Date; stepSeconds: number }): Promise<RangeOf>;
}

export type RangeOf = Map<string, [seconds: number, value: number][]>;

const timeoutMs = 10_000;

/** A template with its context in it. Names are DNS labels, so nothing in them ends a string of PromQL. */
export function fillQuery(template: string, { namespace, color, seconds }: QueryContext): string {
  const known: Record<string, string> = { namespace, color, seconds: String(Math.max(1, Math.ceil(seconds))) };
  return template.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => known[name] ?? whole);
}

const sample = z.tuple([z.number(), z.string()]);
const answerSchema = z.object({
  status: z.literal("success"),
  data: z.discriminatedUnion("resultType", [
    z.object({ resultType: z.literal("vector"), result: z.array(z.object({ value: sample })) }),
    z.object({ resultType: z.literal("scalar"), result: sample }),
  ]),
});
const matrixSchema = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("matrix"),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(sample) })),
  }),
});
const refusal = z.object({ error: z.string() });

/** Asks the Prometheus at `url` by its instant query API; undefined: there is none. */
export function openPrometheus(url: string | undefined): Prometheus & Ranges {
  return {
    require() {
      if (url === undefined) throw missing();
    },
    async query(template, context) {
      if (url === undefined) throw missing();
      const query = fillQuery(template, context);
      const { status, body } = await ask(url, "query", { query });
      if (status === 400 || status === 422) throw refused(query, refusal.safeParse(body).data?.error ?? String(status));
      if (status !== 200) throw unreachable(`it answers ${status}`);
      const answer = answerSchema.safeParse(body);
      if (!answer.success) throw refused(query, "Prometheus answered neither a vector nor a scalar");
      return oneNumber(query, answer.data.data);
    },
    async range(query, by, { from, to, stepSeconds }) {
      if (url === undefined) throw missing();
      const span = { start: from.toISOString(), end: to.toISOString(), step: String(stepSeconds) };
      const { status, body } = await ask(url, "query_range", { query, ...span });
      if (status !== 200) throw unreachable(`it answers ${status} ${refusal.safeParse(body).data?.error ?? ""}`.trim());
      const answer = matrixSchema.safeParse(body);
      if (!answer.success) throw refused(query, "Prometheus answered no matrix");
      return new Map(
        answer.data.data.result.map(({ metric, values }) => [
          metric[by] ?? "",
          values
            .map(([at, text]): [number, number] => [at, Number(text)])
            .filter(([, value]) => Number.isFinite(value)),
        ]),
      );
    },
  };
}

async function ask(
  url: string,
  call: "query" | "query_range",
  parameters: Record<string, string>,
): Promise<{ status: number; body: unknown }> {
  const endpoint = new URL(`${url.replace(/\/+$/, "")}/api/v1/${call}`);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(endpoint, { method: "POST", body: new URLSearchParams(parameters), signal });
    const body: unknown = await answer.json().catch(() => undefined);
    return { status: answer.status, body };
  } catch (cause) {
    const { message, cause: inner } = cause as Error;
    throw unreachable(inner instanceof Error ? `${message} (${inner.message})` : message, cause);
  }
}

type Result = z.infer<typeof answerSchema>["data"];

function oneNumber(query: string, data: Result): number | null {
  const values = data.resultType === "scalar" ? [data.result] : data.result.map(({ value }) => value);
  if (values.length > 1) throw ambiguous(query, values.length);
  const text = values[0]?.[1];
  if (text === undefined || text === "NaN") return null;
  return text === "+Inf" ? Number.MAX_VALUE : text === "-Inf" ? -Number.MAX_VALUE : Number(text);
}

function missing(): TealError {
  const message =
    "The policy's analysis has a PromQL query, and there is no Prometheus to ask: set TEAL_PROMETHEUS_URL for the workers, or take the query out of the policy.";
  return new TealError("prometheus_missing", message, { data: { cause: "platform", retriable: false } });
}

function refused(query: string, why: string): TealError {
  const message = `Prometheus can't answer a query of the policy's analysis: ${why}. It was: ${query}`;
  return new TealError("query_refused", message, { data: { cause: "policy", retriable: false } });
}

function ambiguous(query: string, count: number): TealError {
  const message = `Expected one number of a query of the policy's analysis, got ${count}: sum or aggregate it. It was: ${query}`;
  return new TealError("query_ambiguous", message, { data: { cause: "policy", retriable: false } });
}

function unreachable(why: string, cause?: unknown): TealError {
  const data = { cause: "platform", retriable: true };
  return new TealError("prometheus_unreachable", `Prometheus can't be asked: ${why}.`, { cause, data });
}
