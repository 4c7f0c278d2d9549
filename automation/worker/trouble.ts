import { TealError } from "../../model/errors.ts";
import { causes, type Cause, type Evidence, type Outcome } from "../../model/operation.ts";

/** An error met while doing an action, as an outcome, and whether trying again may help. */
export interface Trouble {
  outcome: Outcome;
  retriable: boolean;
}

/** Connection errors of Node and of the HTTP clients underneath: the other side was away, not wrong. */
const away =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|socket hang up|fetch failed|UND_ERR|TimeoutError|aborted due to timeout/;

/** Says what an error means for an operation. What is not known is taken to be the platform's fault and tried again. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof TealError) return fromTeal(error);
  const { message, status } = describe(error);
  if (away.test(message)) return platform("cluster_unreachable", `The cluster or gateway can't be reached: ${message}`);
  if (status !== undefined && (status === 429 || status >= 500)) {
    return platform("cluster_unreachable", `The API server answers ${status}: ${message}`);
  }
  return platform("unexpected", `Something unexpected happened: ${message}`);
}

function fromTeal(error: TealError): Trouble {
  const { cause, retriable, evidence } = error.data;
  const known = causes.find((c) => c === cause) satisfies Cause | undefined;
  return {
    outcome: {
      code: error.code,
      cause: known ?? "platform",
      message: error.message,
      evidence: Array.isArray(evidence) ? (evidence as Evidence[]) : [],
    },
    retriable: retriable !== false,
  };
}

function platform(code: string, message: string): Trouble {
  return { outcome: { code, cause: "platform", message, evidence: [] }, retriable: true };
}

function describe(error: unknown): { message: string; status?: number } {
  if (!(error instanceof Error)) return { message: String(error) };
  const inner = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  const code = "code" in error ? error.code : undefined;
  const name = error.name === "Error" ? "" : `${error.name}: `;
  const message = `${name}${error.message.split("\n")[0]}${inner}`;
  return typeof code === "number"
    ? { message, status: code }
    : { message: code ? `${message} ${String(code)}` : message };
}
