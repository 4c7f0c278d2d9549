import type { IncomingMessage } from "node:http";
import { parse } from "yaml";
import { badRequest, tooLarge, unsupportedMedia } from "./status.ts";

/** As the real API server: etcd would not take more. */
const limit = 3 * 1024 * 1024;

/** The type of a body without its parameters, `application/json` when none is said. */
export function contentType(request: IncomingMessage): string {
  return (request.headers["content-type"] ?? "application/json").split(";")[0]!.trim().toLowerCase();
}

/** The body as data; undefined when there is none. @throws StatusError 400, 413 or 415. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  const type = contentType(request);
  if (!/(json|yaml)$/.test(type)) throw unsupportedMedia(type, ["application/json", "application/yaml"]);
  const body = parsed(Buffer.concat(chunks).toString("utf8"), type);
  if (isDeeper(body, deepest)) throw badRequest(`exceeded max depth: expected at most ${deepest} levels`);
  return body;
}

/** No object of the API comes near; what is nested without end must not exhaust the stack. */
const deepest = 100;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

function parsed(text: string, type: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!type.endsWith("yaml")) throw badRequest(`error decoding the body: ${messageOf(error)}`);
  }
  try {
    return parse(text, { maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw badRequest(`error decoding YAML: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
