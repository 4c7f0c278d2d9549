import type { KubeObject } from "./object.ts";
import { objectAt, textAt } from "./json.ts";
import { StatusError } from "./status.ts";

const network = "127.96";
const size = 65_536;

/** Hands out the cluster addresses of Services, from 127.96.0.0/16: loopback, so that one machine can listen on them. */
export class ClusterAddresses {
  readonly #used = new Set<string>();
  #next = 1;

  constructor(services: Iterable<KubeObject>) {
    for (const service of services) this.hold(service);
  }

  /** An address that no Service has. It stays free until the Service that got it is held. */
  pick(): string {
    for (let tries = 0; tries < size; tries++) {
      const number = this.#next;
      this.#next = (this.#next % (size - 2)) + 1;
      const address = `${network}.${number >> 8}.${number & 255}`;
      if (!this.#used.has(address)) return address;
    }
    throw new StatusError(
      500,
      "InternalError",
      `Expected a free address in ${network}.0.0/16 for a Service, all are in use.`,
    );
  }

  hold(service: KubeObject): void {
    const address = addressOf(service);
    if (address !== undefined) this.#used.add(address);
  }

  release(service: KubeObject): void {
    const address = addressOf(service);
    if (address !== undefined) this.#used.delete(address);
  }
}

function addressOf(service: KubeObject): string | undefined {
  const address = textAt(objectAt(service["spec"])["clusterIP"]);
  return address?.startsWith(`${network}.`) ? address : undefined;
}
