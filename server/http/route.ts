import type { Request, Response } from "express";
import { z } from "zod";
import type { Call } from "../../automation/automation.ts";
import type { ProblemCode } from "../problems.ts";
import { callOf, actor, idempotencyKey } from "./call.ts";
import { readFields } from "./fields.ts";
import { parseJson } from "./json.ts";
import { parseQuery } from "./query.ts";

/** What a handler gets: everything parsed by the schemas that the route declares. */
export interface Input<P, Q, H, B> {
  params: P;
  query: Q;
  headers: H;
  body: B;
  call: Call;
  request: Request;
}

/** What a handler gives: JSON (or text of another `type`), or a stream that it writes itself. */
export type Reply =
  | { status: number; body: unknown; headers?: Record<string, string>; type?: string }
  | { stream: (response: Response) => Promise<void> };

export interface Answer {
  description: string;
  schema?: z.ZodType;
  headers?: Record<string, string>;
  /** Media type; JSON if not given. */
  type?: string;
  /** The answer may also be had as server-sent events. */
  alsoStream?: true;
}

/** One route, declared once: what is validated is what the OpenAPI document says. */
export interface Spec<P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject, B extends z.ZodType> {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** With parameters in braces, as in OpenAPI. */
  path: string;
  id: string;
  tag: string;
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  /** Names in lower case. */
  headers?: H;
  body?: B;
  /** No body at all then counts as `{}`. */
  bodyOptional?: true;
  /** Media types besides application/json. */
  bodyTypes?: string[];
  answers: Record<number, Answer>;
  /** `alerts`: it takes the token that is for alerts alone, instead of Teal's. */
  access?: "alerts";
  /** Codes that only this route answers; what any route may answer needs no mention. */
  problems?: ProblemCode[];
  handle(input: Input<z.output<P>, z.output<Q>, z.output<H>, z.output<B>>): Promise<Reply> | Reply;
}

/** A route with its types forgotten. */
export type Route = Omit<Spec<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType>, "handle"> & {
  params: z.ZodObject;
  query: z.ZodObject;
  headers: z.ZodObject;
  /** Reads and validates the request, then does what the route is for. `defaultActor` acts if nobody is named. */
  run(request: Request, defaultActor: string): Promise<Reply>;
};

const none = z.strictObject({});
type None = typeof none;

export function route<
  P extends z.ZodObject = None,
  Q extends z.ZodObject = None,
  H extends z.ZodObject = None,
  B extends z.ZodType = z.ZodUndefined,
>(spec: Spec<P, Q, H, B>): Route {
  const { handle, ...described } = spec;
  const schemas = { params: spec.params ?? none, query: spec.query ?? none, headers: headersOf(spec) };
  const run = async (request: Request, defaultActor: string): Promise<Reply> => {
    const params = readFields(schemas.params, request.params, "path");
    const query = readFields(schemas.query, parseQuery(request.url), "query");
    const headers = readFields(schemas.headers, declared(request, schemas.headers), "header");
    const body = spec.body && readFields(spec.body, readBody(request, spec.bodyOptional === true), "body");
    const call = callOf({
      actor: named(headers, "teal-actor") ?? defaultActor,
      key: named(headers, "idempotency-key"),
      route: `${spec.method.toUpperCase()} ${filled(spec.path, params)}`,
      body,
    });
    // The schemas above are those that the handler's types were inferred from.
    const input = { params, query, headers, body, call, request } as Parameters<typeof handle>[0];
    return handle(input);
  };
  return { ...described, ...schemas, run };
}

/** What the route declares, and what every route that writes takes. */
function headersOf(spec: { method: string; headers?: z.ZodObject }): z.ZodObject {
  const own = (spec.headers ?? none).shape;
  if (spec.method === "get") return z.object(own);
  const key = spec.method === "post" ? { "idempotency-key": idempotencyKey.optional() } : {};
  return z.object({ ...own, ...key, "teal-actor": actor.optional() });
}

function declared(request: Request, schema: z.ZodObject): Record<string, unknown> {
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, request.headers[name]]));
}

function readBody(request: Request, optional: boolean): unknown {
  const bytes: unknown = request.body;
  const empty = !(bytes instanceof Uint8Array) || bytes.length === 0;
  if (empty && optional) return {};
  return parseJson(empty ? new Uint8Array() : bytes);
}

function named(headers: Record<string, unknown>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

function filled(path: string, params: Record<string, unknown>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
}
