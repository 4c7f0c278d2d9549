import type { ServerResponse } from "node:http";

/** An answer of the gateway's own, as an RFC 9457 problem. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
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
