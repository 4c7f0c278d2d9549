import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Automation } from "../../automation/automation.ts";
import { TealError } from "../../model/errors.ts";
import type { Routing } from "../../model/routing.ts";
import { pass } from "./pass.ts";

/** Names the link's token, in its query and in the cookie that a browser gets for it. */
export const previewParameter = "teal-preview";

export interface PreviewDeps {
  operations: Pick<Automation["operations"], "followPreviewLink">;
  /** Such as http://127.0.0.1:4080. */
  gateway: string;
  routing: Routing;
  /** Whether browsers reach it by HTTPS. */
  secure: boolean;
  logger: Logger;
}

/**
 * Shows a person the color under preview. A browser can't send the preview header, and neither the Gateway API's core nor
 * the sandbox's gateway matches a cookie within others (a header match of type RegularExpression is up to each
 * implementation), so this passes requests on and adds the header. It has a port, that is an origin, of its own: a
 * tenant's page must not run beside the console, and finds its own paths (`/app.js`) only below a root of its own.
 */
export function createPreview(deps: PreviewDeps): RequestListener {
  return (request, response) => {
    answer(deps, request, response).catch((error: unknown) => refuse(deps.logger, response, error));
  };
}

async function answer(deps: PreviewDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = "" } = request;
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-robots-tag", "noindex");
  if (method !== "GET" && method !== "HEAD")
    return say(response, 405, "A preview is for looking: only GET and HEAD are passed on.", { allow: "GET, HEAD" });
  // One would stay in the browser, and answer for the next preview.
  if (request.headers["service-worker"] !== undefined) return say(response, 403, "A preview takes no service workers.");
  if (!url.startsWith("/")) return say(response, 400, "Expected a path.");
  const given = new URL(`http://preview${url}`);
  const opened = given.searchParams.get(previewParameter);
  if (opened !== null) return await open(deps, given, opened, response);
  const token = cookieOf(request);
  if (token === undefined)
    return say(response, 403, "Expected a preview link. Ask for one: POST /v1/operations/{id}/preview-link.");
  await pass(deps, await deps.operations.followPreviewLink(token), request, response);
}

/** The token goes from the address bar into a cookie, and what an earlier preview stored in the browser goes. */
async function open(deps: PreviewDeps, given: URL, token: string, response: ServerResponse): Promise<void> {
  const { expiresAt } = await deps.operations.followPreviewLink(token);
  given.searchParams.delete(previewParameter);
  const seconds = Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1000));
  const secure = deps.secure ? "; Secure" : "";
  const cookie = `${previewParameter}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
  // Two slashes at the beginning would lead to another host.
  const location = `/${given.pathname.replace(/^\/+/, "")}${given.search}`;
  const headers = {
    location,
    "set-cookie": cookie,
    "clear-site-data": '"cache", "storage"',
    "referrer-policy": "no-referrer",
  };
  say(response, 303, "", headers);
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  const cookies = (headers.cookie ?? "").split(";").map((one) => one.trim());
  const ours = cookies.find((one) => one.startsWith(`${previewParameter}=`));
  return ours?.slice(previewParameter.length + 1);
}

const statuses: Record<string, number> = { preview_link_invalid: 403, preview_closed: 409, ledger_unavailable: 503 };

function refuse(logger: Logger, response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const status = error instanceof TealError ? statuses[error.code] : undefined;
  if (status !== undefined) return say(response, status, (error as TealError).message);
  logger.warn({ err: error }, "a preview could not be shown");
  say(response, 502, "The gateway gave no answer.");
}

function say(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers }).end(text && `${text}\n`);
}
