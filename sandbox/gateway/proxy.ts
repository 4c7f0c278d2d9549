import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { choose } from "./affinity.ts";
import type { CompiledRule } from "./compile.ts";
import type { Backend, Endpoint } from "./endpoints.ts";
import { changeHeaders, changeRawHeaders, redirectTo } from "./filters.ts";
import { forwardedHeaders, hasBody, returnedHeaders, schemeOf } from "./headers.ts";
import type { GatewayMetrics, RouteMeter } from "./metrics.ts";
import { problems, sendPage, sendProblem, type Problem } from "./problem.ts";
import type { Filter } from "./resources.ts";
import type { RoutingTable } from "./table.ts";

/** How long a pod may take to begin its answer, where the route says nothing else. */
const answerTimeoutMs = 30_000;
/** One request is sent to so many endpoints at most. */
const mostAttempts = 3;
const idempotent = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/** Answers every request by the routing table as it is when the request comes. */
export function createProxy(table: RoutingTable, metrics: GatewayMetrics): http.RequestListener {
  return (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const rule = table.find(headers.host, { method, url, headers });
    if (rule === undefined) {
      metrics.unmatched();
      return sendProblem(response, problems.noRoute(headers.host));
    }
    const { target, gives } = choose(rule, headers.cookie);
    const outcome: Outcome = { brokeOff: false };
    metered(metrics, rule, target?.backend, response, outcome);
    const redirect = rule.filters.find((filter) => filter.requestRedirect !== undefined)?.requestRedirect;
    if (redirect !== undefined) {
      const location = redirectTo(redirect, headers.host, url, {
        scheme: schemeOf(request),
        port: request.socket.localPort ?? 80,
      });
      response.writeHead(redirect.statusCode ?? 302, { location, "content-length": 0 }).end();
    } else if (target?.backend === undefined) {
      sendProblem(response, problems.invalidBackend(`${rule.route.namespace}/${rule.route.name}`));
    } else {
      const filters = [...rule.filters, ...target.filters, ...gives];
      new Exchange({ request, response, rule, filters, backend: target.backend, outcome }, metrics).send();
    }
  };
}

function metered(
  metrics: GatewayMetrics,
  { route }: CompiledRule,
  backend: Backend | undefined,
  response: ServerResponse,
  outcome: Outcome,
): void {
  const meter: RouteMeter = metrics.meter({
    namespace: route.namespace,
    route: route.name,
    service: backend?.service ?? "",
  });
  const began = performance.now();
  meter.began();
  response.once("close", () => {
    const code = response.writableFinished ? response.statusCode : outcome.brokeOff ? 502 : 499;
    meter.ended(code, (performance.now() - began) / 1000);
  });
}

/** What is known of an answer that never got to its end: whether the pod broke it off, or the client left. */
interface Outcome {
  brokeOff: boolean;
}

interface ExchangeOf {
  request: IncomingMessage;
  response: ServerResponse;
  rule: CompiledRule;
  filters: readonly Filter[];
  backend: Backend;
  outcome: Outcome;
}

/** One request on its way to a pod and back, to another pod where the first can't be reached. */
class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #rule: CompiledRule;
  readonly #filters: readonly Filter[];
  readonly #backend: Backend;
  readonly #outcome: Outcome;
  readonly #metrics: GatewayMetrics;
  readonly #tried: Endpoint[] = [];
  readonly #hasBody: boolean;
  #bodySent = false;
  #timedOut = false;
  #upstream: http.ClientRequest | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor({ request, response, rule, filters, backend, outcome }: ExchangeOf, metrics: GatewayMetrics) {
    this.#request = request;
    this.#response = response;
    this.#rule = rule;
    this.#filters = filters;
    this.#backend = backend;
    this.#outcome = outcome;
    this.#metrics = metrics;
    this.#hasBody = hasBody(request);
  }

  send(): void {
    this.#timer = setTimeout(() => {
      this.#timedOut = true;
      this.#upstream?.destroy(new Error("timeout"));
    }, this.#rule.timeoutMs ?? answerTimeoutMs);
    this.#response.once("close", () => {
      clearTimeout(this.#timer);
      if (!this.#response.writableFinished) this.#upstream?.destroy();
    });
    this.#attempt();
  }

  #attempt(): void {
    const endpoint = this.#backend.next(this.#tried);
    if (endpoint === undefined) {
      const { namespace, name, shut } = this.#rule.route;
      if (shut) return this.#fail(problems[shut]());
      this.#metrics.unavailable({ namespace, route: name, service: this.#backend.service });
      return this.#fail(problems.noEndpoints(this.#backend.service));
    }
    this.#tried.push(endpoint);
    const headers = forwardedHeaders(this.#request);
    for (const { requestHeaderModifier } of this.#filters) changeHeaders(headers, requestHeaderModifier);
    const { method, url: path } = this.#request;
    const { host, port, agent } = endpoint;
    const upstream = http.request({ host, port, agent, method, path, headers, setHost: false });
    this.#upstream = upstream;
    upstream.on("response", (answer) => this.#answer(answer));
    upstream.on("error", (error: NodeJS.ErrnoException) => this.#failed(upstream, error));
    if (this.#hasBody) this.#sendBody(upstream);
    else upstream.end();
  }

  /** Not before there is a connection: until then nothing of the body is lost, and another endpoint may have it. */
  #sendBody(upstream: http.ClientRequest): void {
    const send = (): void => {
      this.#bodySent = true;
      this.#request.pipe(upstream);
    };
    upstream.once("socket", (socket) => (socket.connecting ? socket.once("connect", send) : send()));
  }

  #answer(answer: IncomingMessage): void {
    if (this.#rule.timeoutMs === undefined) clearTimeout(this.#timer);
    const headers = changeRawHeaders(returnedHeaders(answer), this.#filters);
    const response = this.#response;
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    // The status has gone out: all that can still be told is that the rest is missing.
    answer.on("error", () => this.#breakOff());
    answer.pipe(response);
  }

  #failed(upstream: http.ClientRequest, error: NodeJS.ErrnoException): void {
    if (this.#upstream !== upstream || this.#response.destroyed) return;
    if (this.#response.headersSent) return this.#breakOff();
    const { service } = this.#backend;
    if (this.#timedOut) return this.#fail(problems.timeout(service));
    // Refused: the pod has seen nothing. Cut off: it may have seen it, so that only what is harmless twice is sent again.
    const isHarmless = error.syscall === "connect" || idempotent.has(this.#request.method ?? "");
    if (this.#bodySent || !isHarmless || this.#tried.length >= mostAttempts)
      return this.#fail(problems.unreachable(service));
    this.#metrics.retried();
    this.#attempt();
  }

  #breakOff(): void {
    this.#outcome.brokeOff = true;
    this.#response.destroy();
  }

  #fail(problem: Problem): void {
    clearTimeout(this.#timer);
    if (this.#response.headersSent || this.#response.destroyed) return;
    // What is left of the body has nowhere to go; the connection can't be used for another request then.
    if (this.#hasBody && !this.#request.complete) this.#response.shouldKeepAlive = false;
    if (problem.page && wantsPage(this.#request)) sendPage(this.#response, problem);
    else sendProblem(this.#response, problem);
  }
}

const wantsPage = ({ headers }: IncomingMessage): boolean => headers.accept?.includes("text/html") === true;
