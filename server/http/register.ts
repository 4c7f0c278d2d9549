import { gzip } from "node:zlib";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { TealError } from "../../model/errors.ts";
import type { Deps } from "../deps.ts";
import { requireAlertsToken } from "./guard.ts";
import type { Reply, Route } from "./route.ts";

/** Bytes of a body, at most. */
export const maxBodyBytes = 256 * 1024;

// Bodies are kept as bytes, so that one place says what is wrong with them; compressed ones are refused.
const readBytes = express.raw({ type: () => true, limit: maxBodyBytes, inflate: false });

/** Makes Express serve the routes; other methods on their paths are refused with what is allowed. */
export function register(app: Express, routes: Route[], deps: Deps): void {
  const defaultActor = deps.token === undefined ? "local" : "token";
  for (const [path, sharing] of Map.groupBy(routes, (r) => r.path)) {
    const expressPath = path.replaceAll(/\{(\w+)\}/g, ":$1");
    app.all(expressPath, (_request, response, next) => {
      response.locals.route = path;
      next();
    });
    for (const route of sharing) app[route.method](expressPath, ...handlers(route, deps, defaultActor));
    app.all(expressPath, refuseMethod(sharing));
  }
}

function handlers(route: Route, deps: Deps, defaultActor: string) {
  const access = route.access === "alerts" ? [requireAlertsToken(deps.alertsToken)] : [];
  const body = route.body === undefined ? [] : [takesType(route), readBytes];
  const handle = async (request: Request, response: Response) => {
    const reply = await route.run(request, defaultActor);
    if ("stream" in reply) await reply.stream(response);
    else send(response, reply);
  };
  return [...access, onlyDeclaredEnvironments(deps), ...body, handle];
}

function onlyDeclaredEnvironments(deps: Deps) {
  return (request: Request, _response: Response, next: NextFunction) => {
    const { env } = request.params;
    if (typeof env === "string" && !deps.environments.includes(env)) {
      const declared = deps.environments;
      const got = JSON.stringify(env.slice(0, 60).toWellFormed());
      const message = `Expected one of the declared environments (${declared.join(", ")}); got ${got}.`;
      throw new TealError("environment_not_found", message, { data: { declared } });
    }
    next();
  };
}

// Web pages can send the types of forms to other sites without asking; JSON they can't.
function takesType(route: Route) {
  const types = ["application/json", ...(route.bodyTypes ?? [])];
  return (request: Request, _response: Response, next: NextFunction) => {
    const given = request.headers["content-type"];
    const empty = (request.headers["content-length"] ?? "0") === "0" && !request.headers["transfer-encoding"];
    if (given === undefined && empty && route.bodyOptional) return next();
    const [type = "", ...parameters] = (given ?? "").toLowerCase().split(";");
    const charset = parameters.map((p) => p.trim().replaceAll('"', "")).find((p) => p.startsWith("charset="));
    if (types.includes(type.trim()) && (charset ?? "charset=utf-8") === "charset=utf-8") return next();
    const expected = `Expected a body of type ${types.join(" or ")} in UTF-8`;
    throw new TealError("unsupported_media_type", `${expected}; got ${given === undefined ? "none" : "another"}.`);
  };
}

function refuseMethod(routes: Route[]) {
  const methods = routes.flatMap((r) => (r.method === "get" ? ["GET", "HEAD"] : [r.method.toUpperCase()]));
  const allow = [...methods, "OPTIONS"].join(", ");
  return (request: Request, response: Response) => {
    response.set("Allow", allow);
    if (request.method === "OPTIONS") return void response.status(204).end();
    throw new TealError("method_not_allowed", `Expected ${allow}; got ${request.method}.`);
  };
}

/** Not Express's own send: it would answer 304 to an If-None-Match, but an ETag here counts settings only. */
export function send(response: Response, reply: Exclude<Reply, { stream: unknown }>): void {
  response.status(reply.status).set(reply.headers ?? {});
  if (reply.status === 304) return void response.end();
  const type = reply.type ?? "application/json";
  const text = type.endsWith("json") ? JSON.stringify(reply.body) : String(reply.body);
  response.setHeader("Content-Type", /json|charset/.test(type) ? type : `${type}; charset=utf-8`);
  if (text.length < compressedFrom) return void sendBytes(response, Buffer.from(text));
  response.vary("Accept-Encoding");
  if (response.req.acceptsEncodings("gzip") !== "gzip") return void sendBytes(response, Buffer.from(text));
  gzip(text, { level: 4 }, (error, bytes) => {
    if (error) return void sendBytes(response, Buffer.from(text));
    response.setHeader("Content-Encoding", "gzip");
    sendBytes(response, bytes);
  });
}

/** Characters; shorter answers fit a few packets as they are. */
const compressedFrom = 16_384;

function sendBytes(response: Response, bytes: Buffer): void {
  response.setHeader("Content-Length", bytes.length);
  response.end(bytes);
}
