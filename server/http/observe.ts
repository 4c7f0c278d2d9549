import { randomUUID } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import type { Level, Logger } from "pino";
import { Histogram, type Registry } from "prom-client";
import type { Deps } from "../deps.ts";

/**
 * Gives each request an id (`X-Request-Id` of the answer), one log line, and a place in the histogram. Neither query
 * nor headers nor body are logged: they may hold secrets.
 */
export function observe(deps: Deps) {
  const durations = requestDurations(deps);
  return (request: Request, response: Response, next: NextFunction): void => {
    const start = process.hrtime.bigint();
    const id = randomUUID();
    const path = request.path;
    response.locals.requestId = id;
    response.set("X-Request-Id", id);
    response.once("close", () => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const { route = "none", code } = response.locals as { route?: string; code?: string };
      const isStream = String(response.getHeader("content-type")).startsWith("text/event-stream");
      if (!isStream)
        durations.observe({ method: knownMethod(request.method), route, status: response.statusCode }, seconds);
      log(deps.logger, request.method, {
        requestId: id,
        method: request.method,
        path,
        status: response.statusCode,
        code,
        milliseconds: Math.round(seconds * 1000),
        address: request.socket.remoteAddress,
      });
    });
    next();
  };
}

// Reads are many and say little: scripts poll. Whoever wants to see them sets the log level.
function log(logger: Logger, method: string, line: { status: number } & Record<string, unknown>): void {
  const isRead = ["GET", "HEAD", "OPTIONS"].includes(method);
  const level: Level = isRead && line.status < 400 ? "debug" : "info";
  logger[level](line, "request");
}

/** A method made up by a client must not make up a series. */
function knownMethod(method: string): string {
  return ["GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE", "PUT"].includes(method) ? method : "other";
}

function requestDurations(deps: Deps): Histogram {
  const registers: Registry[] = [deps.metrics];
  return new Histogram({
    name: "teal_http_request_duration_seconds",
    help: "Time from a request's head to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
}
