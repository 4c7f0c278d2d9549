import type { NextFunction, Request, Response } from "express";
import type { Logger } from "pino";
import { TealError } from "../../model/errors.ts";
import { isProblemCode, problems, problemType, type ProblemCode } from "../problems.ts";
import { send } from "./register.ts";

/** An RFC 9457 problem. */
export interface Problem extends Record<string, unknown> {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  /** Names this one occurrence: the request's id, as logged. */
  instance?: string;
}

/** The one place where an error becomes an answer: every throw of a route ends here. */
export function errorHandler(logger: Logger) {
  // Express tells an error handler by its four parameters.
  return (error: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    const id = String(response.locals.requestId);
    const known = recognised(error);
    if (known === null || problems[known.code as ProblemCode].status >= 500) {
      logger.error({ err: error, requestId: id }, "request failed");
    }
    if (response.headersSent) return void response.destroy();
    const problem = problemOf(known ?? masked(id), id);
    response.locals.code = problem.code;
    if (problem.status === 413) response.set("Connection", "close");
    send(response, { status: problem.status, body: problem, type: "application/problem+json" });
  };
}

export function problemOf(error: TealError, requestId: string): Problem {
  const code = isProblemCode(error.code) ? error.code : "internal";
  const { status, title } = problems[code];
  const instance = `urn:uuid:${requestId}`;
  const members = { type: problemType(code), title, status, detail: error.message, code, instance };
  // Evidence comes after, and can't take the place of, what every problem has.
  return { ...members, ...error.data, ...members };
}

function masked(requestId: string): TealError {
  return new TealError("internal", `Something went wrong; the log tells what, under request id ${requestId}.`);
}

/** The error as one with a code of ours; null: a fault of Teal's, of which nothing is shown. */
function recognised(error: unknown): TealError | null {
  if (error instanceof TealError && error.code !== "internal" && isProblemCode(error.code)) return error;
  if (typeof error !== "object" || error === null) return null;
  return readingFailure(error);
}

/** What Express and its body parser throw for requests that can't be read. */
function readingFailure(error: object): TealError | null {
  const type = "type" in error ? error.type : undefined;
  if (type === "entity.too.large") {
    return new TealError("payload_too_large", "Expected a body of at most 256 kB; got more.", { cause: error });
  }
  if (type === "encoding.unsupported") {
    return new TealError("unsupported_media_type", "Expected a body without Content-Encoding.", { cause: error });
  }
  if (error instanceof URIError) {
    return new TealError("bad_request", "Expected a path with valid percent-encoding in UTF-8.", { cause: error });
  }
  const status = "status" in error ? error.status : undefined;
  const ofReading = typeof type === "string" && typeof status === "number" && status >= 400 && status < 500;
  return ofReading ? new TealError("bad_request", "The request's body ended too early.", { cause: error }) : null;
}
