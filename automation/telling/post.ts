import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { isIP } from "node:net";
import { TealError } from "../../model/errors.ts";
import { mayReach, type Reach } from "./addresses.ts";
import { signedHeaders } from "./signature.ts";
import { addressRule, hostOf, urlProblem } from "./url.ts";

/** From looking up the name to the answer's end. */
const limitSeconds = 10;
const maxAnswerBytes = 64 * 1024;

export interface Call {
  url: string;
  secret: string;
  /** The same at every try. */
  id: string;
  body: string;
}

/** How calls are made. */
export interface Posting {
  reach: Reach;
  /** All addresses of a host name; the system's resolver if not given. */
  resolve?: (host: string) => Promise<string[]>;
  signal?: AbortSignal;
}

/** What came of a call. `problem` says in a line why it counts as not delivered; it holds nothing that came back. */
export interface Posted {
  status: number | null;
  problem?: string;
}

/** Makes one signed call. No redirect is followed. Doesn't throw. */
export async function post(call: Call, { reach, resolve = addressesOf, signal }: Posting): Promise<Posted> {
  const timeout = AbortSignal.timeout(limitSeconds * 1000);
  const limit = signal ? AbortSignal.any([timeout, signal]) : timeout;
  try {
    const url = new URL(call.url);
    const wrong = urlProblem(call.url, reach);
    if (wrong) throw refused(`Expected ${wrong.expected}; got ${wrong.received}.`);
    const address = await Promise.race([allowedAddress(url, reach, resolve), aborted(limit)]);
    const status = await send(url, address, call, limit);
    return status >= 200 && status < 300 ? { status } : { status, problem: `Expected a status 2xx; got ${status}.` };
  } catch (error) {
    const late = `It did not answer within ${limitSeconds} s.`;
    return { status: null, problem: timeout.aborted ? late : reasonOf(error) };
  }
}

/** The address that is called: checked here and connected to as it is, so that no second look-up can give another. */
async function allowedAddress(url: URL, reach: Reach, resolve: (host: string) => Promise<string[]>): Promise<string> {
  const host = hostOf(url);
  const addresses = isIP(host) > 0 ? [host] : await resolve(host);
  const allowed = addresses.find((address) => mayReach(address, url.protocol, reach));
  if (allowed === undefined) throw refused(`Expected ${addressRule}; ${host} has none.`);
  return allowed;
}

async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true, order: "ipv4first" });
  return found.map(({ address }) => address);
}

function send(url: URL, address: string, { secret, id, body }: Call, signal: AbortSignal): Promise<number> {
  const name = hostOf(url);
  const options: RequestOptions = {
    host: address,
    port: url.port || (url.protocol === "https:" ? 443 : 80),
    path: url.pathname + url.search,
    method: "POST",
    headers: {
      host: url.host,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "user-agent": "Teal",
      ...signedHeaders(secret, id, body, new Date()),
    },
    // The certificate must be the name's, though the address is what is connected to.
    ...(isIP(name) === 0 && { servername: name }),
    agent: false,
    signal,
  };
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      drain(response);
      response.once("close", () => resolve(response.statusCode ?? 0));
      // The status has come: what is wrong with the rest changes nothing.
      sent.off("error", reject).on("error", () => undefined);
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Reads an answer that nobody looks at, so that its sender can end well; what is too long is cut off. */
function drain(response: IncomingMessage): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) response.destroy();
  });
  response.on("error", () => undefined);
}

function refused(message: string): TealError {
  return new TealError("webhook_refused", message);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}

function reasonOf(error: unknown): string {
  if (error instanceof TealError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "an unknown error";
  return `It could not be called: ${code}.`;
}
