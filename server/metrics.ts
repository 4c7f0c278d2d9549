import { randomUUID } from "node:crypto";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { TealError } from "../model/errors.ts";
import type { Deps } from "./deps.ts";
import { errorHandler } from "./http/errors.ts";
import { refuseForeign, requireToken } from "./http/guard.ts";
import { neverStored, secureHeaders } from "./http/headers.ts";

/** All that a worker serves: its figures for Prometheus, guarded as a server's are. Not yet listening: see `listen`. */
export function createMetricsApp({
  metrics,
  token,
  listen,
  logger,
}: Pick<Deps, "metrics" | "token" | "listen" | "logger">): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag").enable("case sensitive routing");
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.locals.requestId = randomUUID();
    next();
  });
  app.use(secureHeaders, neverStored, token === undefined ? refuseForeign(listen) : requireToken(token));
  app.get("/metrics", async (_request: Request, response: Response) => {
    const text = await metrics.metrics();
    response.setHeader("Content-Type", metrics.contentType);
    response.end(text);
  });
  app.use((_request: Request) => {
    throw new TealError("route_not_found", "Expected /metrics; a worker has nothing else.");
  });
  app.use(errorHandler(logger));
  return app;
}
