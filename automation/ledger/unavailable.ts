import { TealError } from "../../model/errors.ts";

/** SQLSTATEs of a server that goes down, comes up or takes no more connections. */
const states = new Set(["57P01", "57P02", "57P03", "53300", "25P03"]);
const system = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH"]);
const texts = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** `ledger_unavailable` for an error that says that PostgreSQL can't be reached now; any other as it is. */
export function explained(error: unknown): unknown {
  if (error instanceof TealError) return error;
  const { code, message } = first(error);
  const lost = states.has(code) || code.startsWith("08") || system.has(code) || texts.test(message);
  if (!lost) return error;
  const why = `Expected PostgreSQL to answer: ${message || code}. Try again once it does.`;
  return new TealError("ledger_unavailable", why, { cause: error });
}

function first(error: unknown): { code: string; message: string } {
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  if (!(inner instanceof Error)) return { code: "", message: "" };
  return { code: String((inner as NodeJS.ErrnoException).code ?? ""), message: inner.message };
}
