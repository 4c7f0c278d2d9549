import { Agent } from "node:http";
import { isReady, portNumber, type Pod } from "../kubernetes/pods.ts";
import { keyOf } from "../kubernetes/types.ts";
import type { Service } from "./resources.ts";

/** Kept connections to pods are closed after this time idle, well before a server would close them. */
const idleMs = 30_000;

/** One port of one ready pod, with the connections that are kept to it. */
export class Endpoint {
  readonly host: string;
  readonly port: number;
  readonly agent = new Agent({ keepAlive: true, maxFreeSockets: 256, timeout: idleMs, scheduling: "lifo" });

  constructor(host: string, port: number) {
    this.host = host;
    this.port = port;
  }

  /** The pod is leaving: requests under way end as they are, and no connection is used again. */
  retire(): void {
    this.agent.maxFreeSockets = 0;
    for (const sockets of Object.values(this.agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }
}

/** A port of a Service, with the pods that can answer for it now. The same object for as long as a route names it. */
export class Backend {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** Whether the Service is there and has that port. */
  exists = false;
  endpoints: readonly Endpoint[] = [];
  #turn = 0;

  constructor(namespace: string, service: string, port: number) {
    this.namespace = namespace;
    this.service = service;
    this.port = port;
  }

  /** The endpoints by turns; one of those already `tried` only where there is no other. */
  next(tried: readonly Endpoint[] = []): Endpoint | undefined {
    const fresh = tried.length === 0 ? this.endpoints : this.endpoints.filter((endpoint) => !tried.includes(endpoint));
    const among = fresh.length > 0 ? fresh : this.endpoints;
    this.#turn = (this.#turn + 1) % Math.max(among.length, 1);
    return among[this.#turn];
  }

  update(targets: readonly { host: string; port: number }[], exists: boolean): void {
    const known = new Map(this.endpoints.map((endpoint) => [`${endpoint.host}:${endpoint.port}`, endpoint]));
    this.exists = exists;
    this.endpoints = targets.map(({ host, port }) => {
      const key = `${host}:${port}`;
      const endpoint = known.get(key) ?? new Endpoint(host, port);
      known.delete(key);
      return endpoint;
    });
    for (const gone of known.values()) gone.retire();
  }
}

/**
 * Which pods stand behind each Service that a route names: the ready ones that its selector picks and that aren't
 * leaving. By pods and not by EndpointSlices, since API servers refuse loopback addresses in those.
 */
export class Endpoints {
  readonly #pods = new Map<string, Map<string, Pod>>();
  readonly #services = new Map<string, Service>();
  readonly #backends = new Map<string, Map<string, Backend>>();
  readonly #onChange: (service: string) => void;

  /** @param onChange told `namespace/name` of a Service whose being there or having endpoints at all has changed */
  constructor(onChange: (service: string) => void) {
    this.#onChange = onChange;
  }

  backend(namespace: string, service: string, port: number): Backend {
    const backends = inner(this.#backends, namespace);
    const key = `${service}:${port}`;
    let backend = backends.get(key);
    if (backend === undefined) {
      backend = new Backend(namespace, service, port);
      backends.set(key, backend);
      this.#update(backend);
    }
    return backend;
  }

  /** No route leads to this Service any more. @param key `namespace/name` */
  drop(key: string): void {
    const [namespace = "", service] = key.split("/");
    const backends = inner(this.#backends, namespace);
    for (const [name, backend] of backends)
      if (backend.service === service) {
        backend.update([], false);
        backends.delete(name);
      }
    if (backends.size === 0) this.#backends.delete(namespace);
  }

  setPod(pod: Pod, previous: Pod | undefined): void {
    inner(this.#pods, pod.metadata.namespace).set(pod.metadata.name, pod);
    this.#podChanged(pod, previous);
  }

  deletePod(pod: Pod): void {
    const pods = inner(this.#pods, pod.metadata.namespace);
    pods.delete(pod.metadata.name);
    if (pods.size === 0) this.#pods.delete(pod.metadata.namespace ?? "");
    this.#podChanged(pod, undefined);
  }

  setService(service: Service): void {
    this.#services.set(keyOf(service), service);
    this.#serviceChanged(service);
  }

  deleteService(service: Service): void {
    this.#services.delete(keyOf(service));
    this.#serviceChanged(service);
  }

  #podChanged(pod: Pod, previous: Pod | undefined): void {
    const { namespace = "" } = pod.metadata;
    for (const backend of this.#backends.get(namespace)?.values() ?? []) {
      const selector = this.#services.get(`${namespace}/${backend.service}`)?.spec.selector;
      if (selects(selector, pod) || (previous !== undefined && selects(selector, previous))) this.#update(backend);
    }
  }

  #serviceChanged({ metadata: { namespace = "", name } }: Service): void {
    for (const backend of this.#backends.get(namespace)?.values() ?? [])
      if (backend.service === name) this.#update(backend);
  }

  #update(backend: Backend): void {
    const { exists, endpoints } = backend;
    const service = this.#services.get(`${backend.namespace}/${backend.service}`);
    const port = service?.spec.ports?.find((candidate) => candidate.port === backend.port);
    const targetPort = port?.targetPort ?? port?.port;
    const pods = targetPort === undefined ? [] : (this.#pods.get(backend.namespace)?.values() ?? []);
    const targets: { host: string; port: number }[] = [];
    for (const pod of pods) {
      const host = pod.status?.podIP;
      if (host === undefined || pod.metadata.deletionTimestamp !== undefined || !isReady(pod)) continue;
      if (!selects(service?.spec.selector, pod)) continue;
      const number = portNumber(pod.spec.containers, targetPort!);
      if (number !== undefined) targets.push({ host, port: number });
    }
    backend.update(targets, port !== undefined);
    const had = endpoints.length > 0;
    const has = backend.endpoints.length > 0;
    if (exists !== backend.exists || had !== has) this.#onChange(`${backend.namespace}/${backend.service}`);
  }
}

function selects(selector: Record<string, string> | undefined, pod: Pod): boolean {
  const entries = Object.entries(selector ?? {});
  return entries.length > 0 && entries.every(([key, value]) => pod.metadata.labels?.[key] === value);
}

function inner<V>(outer: Map<string, Map<string, V>>, key = ""): Map<string, V> {
  let map = outer.get(key);
  if (map === undefined) outer.set(key, (map = new Map<string, V>()));
  return map;
}
