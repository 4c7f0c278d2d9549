import type { ServerResponse } from "node:http";

/** An answer of the gateway's own, as an RFC 9457 problem. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  /** Browsers get it as a page. */
  page?: true;
}

export const problems = {
  noRoute: (host: string | undefined): Problem => ({
    status: 404,
    code: "no_route",
    title: "No route",
    detail: `No route is for this request to ${host ?? "no host"}.`,
  }),
  badRequest: (detail: string): Problem => ({ status: 400, code: "bad_request", title: "Bad request", detail }),
  invalidBackend: (route: string): Problem => ({
    status: 500,
    code: "invalid_backend",
    title: "Invalid backend",
    detail: `Route ${route} leads to nothing: its status says why.`,
  }),
  noEndpoints: (service: string): Problem => ({
    status: 503,
    code: "no_endpoints",
    title: "No endpoints",
    detail: `No pod of Service ${service} is ready.`,
  }),
  suspended: (): Problem => ({
    status: 503,
    code: "suspended",
    title: "Suspended",
    detail: "This service is suspended.",
    page: true,
  }),
  maintenance: (): Problem => ({
    status: 503,
    code: "maintenance",
    title: "Maintenance",
    detail: "This service is being updated. It will be back shortly.",
    page: true,
  }),
  unreachable: (service: string): Problem => ({
    status: 502,
    code: "unreachable",
    title: "Unreachable",
    detail: `A pod of Service ${service} could not be reached, or cut off its answer.`,
  }),
  timeout: (service: string): Problem => ({
    status: 504,
    code: "timeout",
    title: "Timeout",
    detail: `Service ${service} did not answer in time.`,
  }),
};

export const problemBody = ({ code, title, detail, status }: Problem): string =>
  `${JSON.stringify({ type: `urn:teal:gateway:${code}`, title, status, detail, code })}\n`;

export function sendProblem(response: ServerResponse, problem: Problem): void {
  const body = problemBody(problem);
  const headers = { "content-type": "application/problem+json", "content-length": Buffer.byteLength(body) };
  response.writeHead(problem.status, headers).end(body);
}

export function sendPage(response: ServerResponse, { status, title, detail }: Problem): void {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${detail}</h1></html>\n`;
  const headers = { "content-type": "text/html; charset=utf-8", "content-length": Buffer.byteLength(body) };
  response.writeHead(status, headers).end(body);
}
