import { keyOf } from "../kubernetes/types.ts";
import { attachmentsOf, type Attachment, type Surroundings } from "./attachment.ts";
import { compileRoute, type CompiledRoute, type Granted } from "./compile.ts";
import type { Endpoints } from "./endpoints.ts";
import { shutFor, type HTTPRoute } from "./resources.ts";
import type { RoutingTable } from "./table.ts";

/** What came of a route: what its status says. */
export interface Programmed {
  generation: number;
  attachments: readonly Attachment[];
  /** Undefined where the route asks for something that isn't supported, and `problem` says what. */
  compiled: CompiledRoute | undefined;
  problem: string | undefined;
}

export interface ProgramOptions {
  table: RoutingTable;
  endpoints: Endpoints;
  surroundings: Surroundings;
  /** Absent: no route may lead to another namespace. */
  granted?: Granted;
  /** What is now in force for this route, or what its status says of it, has changed. */
  onChange: (key: string) => void;
  onForget: (key: string) => void;
}

/**
 * A change of weights may be heard of a moment before the pods that it leads to: for so long the route stays as it was,
 * rather than fail requests.
 */
const longestHoldMs = 1000;

/** Turns HTTPRoutes into what is in force, each by itself as it changes. */
export class Program {
  readonly #options: ProgramOptions;
  readonly #routes = new Map<string, HTTPRoute>();
  readonly #programmed = new Map<string, Programmed>();
  /** Routes by the Services that they lead to, and the other way round; all by `namespace/name`. */
  readonly #users = new Map<string, Set<string>>();
  readonly #services = new Map<string, ReadonlySet<string>>();
  readonly #held = new Map<string, NodeJS.Timeout>();

  constructor(options: ProgramOptions) {
    this.#options = options;
  }

  get(key: string): Programmed | undefined {
    return this.#programmed.get(key);
  }

  entries(): MapIterator<[string, Programmed]> {
    return this.#programmed.entries();
  }

  set(route: HTTPRoute, previous: HTTPRoute | undefined): void {
    const key = keyOf(route);
    this.#routes.set(key, route);
    const { generation } = route.metadata;
    if (generation !== undefined && generation === previous?.metadata.generation) this.#options.onChange(key);
    else this.#program(key, { mayHold: true });
  }

  delete(route: HTTPRoute): void {
    const key = keyOf(route);
    this.#release(key);
    this.#routes.delete(key);
    this.#programmed.delete(key);
    this.#options.table.delete(key);
    this.#follow(key, new Set());
    this.#options.onForget(key);
  }

  /** A Gateway has changed: any route may be attached otherwise now. */
  reattach(): void {
    for (const key of this.#routes.keys()) this.#program(key, { mayHold: false });
  }

  /** The labels of a namespace, or what its routes may lead to, are others now, or known only now. */
  reattachIn(namespace: string): void {
    for (const key of this.#routes.keys()) if (key.startsWith(`${namespace}/`)) this.#program(key, { mayHold: false });
  }

  /** @param service `namespace/name`; it came, went, or has endpoints now, or none any more */
  serviceChanged(service: string): void {
    for (const key of this.#users.get(service) ?? []) {
      if (this.#held.has(key)) this.#program(key, { mayHold: true });
      else this.#options.onChange(key);
    }
  }

  stop(): void {
    for (const key of this.#held.keys()) this.#release(key);
  }

  #program(key: string, { mayHold }: { mayHold: boolean }): void {
    const route = this.#routes.get(key);
    if (route === undefined) return;
    const { table, endpoints, surroundings, granted } = this.#options;
    const attachments = attachmentsOf(route, surroundings);
    const result = compileRoute(route, (...names) => endpoints.backend(...names), granted);
    const compiled = typeof result === "string" ? undefined : result;
    const problem = typeof result === "string" ? result : undefined;
    const mayWait = mayHold && !shutFor(route) && table.get(key) !== undefined;
    if (mayWait && compiled !== undefined && lacksEndpoints(compiled)) {
      if (!this.#held.has(key))
        this.#held.set(
          key,
          setTimeout(() => this.#program(key, { mayHold: false }), longestHoldMs),
        );
      this.#follow(key, new Set([...(this.#services.get(key) ?? []), ...servicesOf(compiled)]));
      return;
    }
    this.#release(key);
    this.#follow(key, servicesOf(compiled));
    const hostnames = [...new Set(attachments.flatMap((attachment) => attachment.hostnames))];
    if (compiled !== undefined && hostnames.length > 0) table.set(compiled, hostnames);
    else table.delete(key);
    this.#programmed.set(key, { generation: route.metadata.generation ?? 0, attachments, compiled, problem });
    this.#options.onChange(key);
  }

  #follow(key: string, services: ReadonlySet<string>): void {
    for (const service of services) this.#users.set(service, (this.#users.get(service) ?? new Set()).add(key));
    for (const service of this.#services.get(key) ?? []) {
      const users = this.#users.get(service);
      if (services.has(service) || users?.delete(key) !== true || users.size > 0) continue;
      this.#users.delete(service);
      this.#options.endpoints.drop(service);
    }
    this.#services.set(key, services);
    if (services.size === 0) this.#services.delete(key);
  }

  #release(key: string): void {
    clearTimeout(this.#held.get(key));
    this.#held.delete(key);
  }
}

const lacksEndpoints = (route: CompiledRoute): boolean =>
  route.rules.some((rule) =>
    rule.targets.some(({ weight, backend }) => weight > 0 && backend !== undefined && backend.endpoints.length === 0),
  );

function servicesOf(route: CompiledRoute | undefined): Set<string> {
  const backends = route?.rules.flatMap((rule) => rule.targets.map((target) => target.backend)) ?? [];
  return new Set(
    backends.flatMap((backend) => (backend === undefined ? [] : [`${backend.namespace}/${backend.service}`])),
  );
}
