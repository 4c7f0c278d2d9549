import { Counter, Gauge, Histogram, Registry } from "prom-client";

interface Labels {
  namespace: string;
  route: string;
  service: string;
}

/** What has been counted for one backend of one route. */
export interface RouteMeter {
  began: () => void;
  /** @param code the status that the client was answered with; 499 where it went away first; @param seconds in all */
  ended: (code: number, seconds: number) => void;
}

/** The gateway's figures, by route and the Service that answered (empty where none did). */
export class GatewayMetrics {
  readonly registry = new Registry();
  readonly #names = ["namespace", "route", "service"] as const;
  readonly #requests = new Counter({
    name: "teal_gateway_requests_total",
    help: "Requests answered, by route, the Service behind it and status code.",
    labelNames: [...this.#names, "code"],
    registers: [this.registry],
  });
  readonly #duration = new Histogram({
    name: "teal_gateway_request_duration_seconds",
    help: "Time from a request's arrival to the end of its answer.",
    labelNames: this.#names,
    // Those of Envoy, as far as a request can take.
    buckets: [0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [this.registry],
  });
  readonly #inFlight = new Gauge({
    name: "teal_gateway_requests_in_flight",
    help: "Requests under way.",
    labelNames: this.#names,
    registers: [this.registry],
  });
  readonly #unmatched = new Counter({
    name: "teal_gateway_unmatched_requests_total",
    help: "Requests that no route was for.",
    registers: [this.registry],
  });
  readonly #retries = new Counter({
    name: "teal_gateway_retries_total",
    help: "Requests sent once more, to another endpoint, as the first could not be reached.",
    registers: [this.registry],
  });
  readonly #unavailable = new Counter({
    name: "teal_gateway_no_endpoints_total",
    help: "Requests answered with 503 as the backend that was their turn had no ready endpoint.",
    labelNames: this.#names,
    registers: [this.registry],
  });
  /** What is to be removed with a route: the codes seen for each of its backends. */
  readonly #seen = new Map<string, Map<string, Set<number>>>();
  readonly #meters = new Map<string, RouteMeter>();

  meter(labels: Labels): RouteMeter {
    const key = `${labels.namespace}/${labels.route} ${labels.service}`;
    let meter = this.#meters.get(key);
    if (meter === undefined) this.#meters.set(key, (meter = this.#create(labels)));
    return meter;
  }

  unmatched(): void {
    this.#unmatched.inc();
  }

  retried(): void {
    this.#retries.inc();
  }

  unavailable(labels: Labels): void {
    this.#unavailable.inc({ ...labels });
  }

  /** Drops all series of a route that is gone. @param routeKey `namespace/name` */
  forget(routeKey: string): void {
    const [namespace = "", route = ""] = routeKey.split("/");
    for (const [service, codes] of this.#seen.get(routeKey) ?? []) {
      const labels = { namespace, route, service };
      for (const code of codes) this.#requests.remove({ ...labels, code });
      this.#duration.remove(labels);
      this.#inFlight.remove(labels);
      this.#unavailable.remove(labels);
      this.#meters.delete(`${routeKey} ${service}`);
    }
    this.#seen.delete(routeKey);
  }

  #create(labels: Labels): RouteMeter {
    const routeKey = `${labels.namespace}/${labels.route}`;
    const services = this.#seen.get(routeKey) ?? new Map<string, Set<number>>();
    this.#seen.set(routeKey, services);
    const codes = new Set<number>();
    services.set(labels.service, codes);
    const duration = this.#duration.labels({ ...labels });
    const inFlight = this.#inFlight.labels({ ...labels });
    return {
      began: () => inFlight.inc(),
      ended: (code, seconds) => {
        // A request may outlive its route: its series must not come back.
        if (this.#seen.get(routeKey) !== services) return;
        codes.add(code);
        inFlight.dec();
        duration.observe(seconds);
        this.#requests.inc({ ...labels, code });
      },
    };
  }
}
