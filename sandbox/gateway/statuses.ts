import { isDeepStrictEqual } from "node:util";
import type { KubeClient } from "../kubernetes/client.ts";
import { unless } from "../kubernetes/failure.ts";
import { Outbox } from "../kubernetes/outbox.ts";
import type { Certificates } from "./certificates.ts";
import type { Program } from "./program.ts";
import type { Gateway, GatewayClass, HTTPRoute } from "./resources.ts";
import { gatewayStatus, routeParents, stamped } from "./status.ts";

export interface StatusesOptions {
  controllerName: string;
  program: Program;
  certificates: Pick<Certificates, "problem">;
  route: (key: string) => HTTPRoute | undefined;
  gateway: (key: string) => Gateway | undefined;
  onTrouble: (key: string, error: unknown) => void;
}

const api = "/apis/gateway.networking.k8s.io/v1";

/** Writes to the API what is in force: only ever after it is. */
export class Statuses {
  readonly routes: Outbox;
  readonly gateways: Outbox;
  readonly #client: KubeClient;
  readonly #options: StatusesOptions;

  constructor(client: KubeClient, options: StatusesOptions) {
    this.#client = client;
    this.#options = options;
    const { onTrouble } = options;
    this.routes = new Outbox({ concurrency: 8, gatherMs: 0, write: (key) => this.#writeRoute(key), onTrouble });
    // It counts routes: a thousand of them coming at once are one write.
    this.gateways = new Outbox({ concurrency: 1, gatherMs: 200, write: (key) => this.#writeGateway(key), onTrouble });
  }

  async acceptClass({ metadata, status }: GatewayClass): Promise<void> {
    if (status?.conditions?.some(({ type, status: is }) => type === "Accepted" && is === "True")) return;
    const accepted = {
      type: "Accepted",
      status: "True",
      reason: "Accepted",
      message: "Served by Teal's sandbox",
    } as const;
    const conditions = stamped([accepted], status?.conditions, metadata.generation ?? 0);
    await unless(
      [404],
      this.#client.patch(`${api}/gatewayclasses/${metadata.name}/status`, { status: { conditions } }),
    );
  }

  stop(): void {
    this.routes.stop();
    this.gateways.stop();
  }

  async #writeRoute(key: string): Promise<void> {
    const route = this.#options.route(key);
    const programmed = this.#options.program.get(key);
    if (route === undefined || programmed === undefined) return;
    const parents = routeParents(route, programmed, this.#options.controllerName);
    if (isDeepStrictEqual(parents, route.status?.parents ?? [])) return;
    const [namespace, name] = key.split("/");
    const body = { metadata: { uid: route.metadata.uid }, status: { parents } };
    await unless([404, 409], this.#client.patch(`${api}/namespaces/${namespace}/httproutes/${name}/status`, body));
  }

  async #writeGateway(key: string): Promise<void> {
    const gateway = this.#options.gateway(key);
    if (gateway === undefined) return;
    const attached = new Map<string, number>();
    for (const [, { attachments, problem }] of this.#options.program.entries()) {
      if (problem !== undefined) continue;
      const listeners = attachments.filter((one) => one.gateway === key).flatMap((one) => one.listeners);
      for (const listener of new Set(listeners)) attached.set(listener, (attached.get(listener) ?? 0) + 1);
    }
    const status = gatewayStatus(gateway, attached, (listener) =>
      this.#options.certificates.problem(gateway, listener),
    );
    const { conditions, listeners } = gateway.status ?? {};
    if (isDeepStrictEqual(status, { conditions, listeners })) return;
    const [namespace, name] = key.split("/");
    const body = { metadata: { uid: gateway.metadata.uid }, status };
    await unless([404, 409], this.#client.patch(`${api}/namespaces/${namespace}/gateways/${name}/status`, body));
  }
}
