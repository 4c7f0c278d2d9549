import type { components } from "./schema.d.ts";

export type FieldError = components["schemas"]["FieldError"];

/** An answer that is no success, as the API tells it (RFC 9457), or that there was none. */
export class Problem extends Error {
  readonly code: string;
  /** 0: no answer came. */
  readonly status: number;
  readonly title: string;
  readonly fields: FieldError[];
  /** The request's id, by which the log has it. */
  readonly instance: string | undefined;
  /** Whatever else the answer holds, such as the operation under way. */
  readonly evidence: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    const { code, title, detail, errors, instance, type: _, status: __, ...evidence } = body;
    super(text(detail) ?? text(title) ?? `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.code = text(code) ?? `http_${status}`;
    this.title = text(title) ?? "Something went wrong";
    this.fields = Array.isArray(errors) ? (errors as FieldError[]) : [];
    this.instance = text(instance)?.replace("urn:uuid:", "");
    this.evidence = evidence;
  }

  /** The message of the field at `pointer` (of the body), if it is at fault. */
  at(pointer: string): string | undefined {
    return this.fields.find((field) => field.pointer === pointer)?.message;
  }
}

/** No answer came: the server is down, or the way to it. */
export function unreachable(): Problem {
  return new Problem(0, {
    code: "unreachable",
    title: "Teal does not answer",
    detail: "Your customers are served all the same: traffic does not pass through Teal.",
  });
}

/** Any error as a problem. What is none of the API's is a mistake in this page, and says so. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Problem(-1, { code: "console_error", title: "The console made a mistake", detail });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
