import http, { type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { choose } from "./affinity.ts";
import { changeHeaders } from "./filters.ts";
import { forwardedHeaders, returnedHeaders } from "./headers.ts";
import { problemBody, problems, type Problem } from "./problem.ts";
import type { RoutingTable } from "./table.ts";

/** Passes on requests to change the protocol (WebSocket), and then whatever goes over the connection. */
export function createUpgrader(table: RoutingTable) {
  return (request: IncomingMessage, client: Duplex, head: Buffer): void => {
    client.on("error", () => client.destroy());
    const { method = "GET", url = "/", headers } = request;
    const rule = table.find(headers.host, { method, url, headers });
    if (rule === undefined) return refuse(client, problems.noRoute(headers.host));
    const { target } = choose(rule, headers.cookie);
    const backend = target?.backend;
    if (backend === undefined)
      return refuse(client, problems.invalidBackend(`${rule.route.namespace}/${rule.route.name}`));
    const endpoint = backend.next();
    if (endpoint === undefined) return refuse(client, problems.noEndpoints(backend.service));
    const forwarded = forwardedHeaders(request);
    for (const filter of [...rule.filters, ...(target?.filters ?? [])])
      changeHeaders(forwarded, filter.requestHeaderModifier);
    Object.assign(forwarded, { connection: "Upgrade", upgrade: headers.upgrade });
    const { host, port } = endpoint;
    const upstream = http.request({ host, port, method, path: url, headers: forwarded, agent: false, setHost: false });
    upstream.on("upgrade", (answer, socket, rest) => {
      client.write(headOf(answer, ["Connection", "Upgrade", "Upgrade", answer.headers.upgrade ?? ""]));
      client.write(rest);
      socket.write(head);
      join(client, socket);
    });
    upstream.on("response", (answer) => {
      client.write(headOf(answer, ["Connection", "close"]));
      answer.pipe(client);
    });
    upstream.on("error", () => refuse(client, problems.unreachable(backend.service)));
    client.once("close", () => upstream.destroy());
    upstream.end();
  };
}

function join(a: Duplex, b: Duplex): void {
  a.pipe(b).pipe(a);
  a.once("close", () => b.destroy());
  b.once("close", () => a.destroy());
  b.on("error", () => b.destroy());
}

function headOf(answer: IncomingMessage, extra: readonly string[]): string {
  const headers = [...returnedHeaders(answer), ...extra];
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function refuse(client: Duplex, problem: Problem): void {
  if (client.destroyed) return;
  const body = problemBody(problem);
  client.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
