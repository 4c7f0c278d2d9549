import http, { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import https from "node:https";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Previewed } from "../../automation/automation.ts";
import { TealError } from "../../model/errors.ts";
import { previewHeader } from "../../model/headers.ts";
import { cameByPreview, type Routing } from "../../model/routing.ts";

const maxBytes = 50 * 1024 * 1024;
const timeoutMs = 30_000;

/** Nothing by which the tenant's application could tell who asks: no cookies, no Authorization. */
const sentOn = [
  "accept",
  "accept-language",
  "accept-encoding",
  "user-agent",
  "if-none-match",
  "if-modified-since",
  "range",
];

/** Of the connection, or meant for the tenant's own host: its cookies, and what a browser would remember of it. */
const keptBack = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "set-cookie",
  "strict-transport-security",
  "clear-site-data",
  "alt-svc",
  "nel",
  "report-to",
  "cache-control",
  "x-robots-tag",
];

/**
 * Passes a request on to the tenant's host by the preview rule, and its answer back. Throws `preview_closed` where the
 * rule is not in force: the answer would be of the live color.
 */
export async function pass(
  { gateway, routing }: { gateway: string; routing: Routing },
  { host, color, token }: Previewed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const given = sentOn.map((name) => [name, request.headers[name]] as const);
  const headers = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const answer = await ask(gateway, request, { ...headers, host, [previewHeader]: token });
  const { statusCode: status = 502 } = answer;
  if (!cameByPreview(routing, { status, headers: answer.headers }, color)) {
    answer.destroy();
    throw new TealError(
      "preview_closed",
      "The gateway does not have the preview rule in force now. Try again in a moment.",
    );
  }
  const shown = Object.entries(answer.headers).filter(([name]) => !keptBack.includes(name));
  const location = answer.headers.location;
  response.writeHead(status, {
    ...Object.fromEntries(shown),
    ...(location !== undefined && { location: staying(location, host) }),
  });
  // Whoever goes away, or gets no more, has seen that it is not whole.
  await pipeline(answer, limited(), response).catch(() => response.destroy());
}

function ask(
  gateway: string,
  { method, url }: IncomingMessage,
  headers: OutgoingHttpHeaders,
): Promise<IncomingMessage> {
  const { protocol, hostname, port } = new URL(gateway);
  const { request } = protocol === "https:" ? https : http;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const options = { hostname: hostname.replace(/^\[|\]$/g, ""), port, method, path: url, headers, signal };
    request(options).on("response", resolve).on("error", reject).end();
  });
}

function limited(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new Error("too large"));
      else done(null, chunk);
    },
  });
}

/** A redirect to the tenant's own host stays in the preview. */
function staying(location: string, host: string): string {
  if (!URL.canParse(location)) return location;
  const to = new URL(location);
  return to.hostname === host ? `/${to.pathname.replace(/^\/+/, "")}${to.search}${to.hash}` : location;
}
