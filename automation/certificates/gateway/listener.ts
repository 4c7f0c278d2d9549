import { ApiException } from "@kubernetes/client-node";
import { z } from "zod";
import { TealError } from "../../../model/errors.ts";
import { mostReferences } from "../../../tenant/plan/certificates/quotas.ts";
import type { Cluster } from "../../probes/cluster.ts";

export interface GatewayPlace {
  namespace: string;
  name: string;
  /** Where its HTTPS listener listens. */
  port: number;
}

const listenerName = "https";
const mostTries = 5;

const reference = z.looseObject({ name: z.string() });
const listenerSchema = z.looseObject({
  name: z.string(),
  tls: z.looseObject({ certificateRefs: z.array(reference).optional() }).optional(),
});
const gatewaySchema = z.looseObject({ spec: z.looseObject({ listeners: z.array(listenerSchema) }) });
type Gateway = z.infer<typeof gatewaySchema>;

/**
 * The HTTPS listener of a Gateway (Gateway API), and the Secrets that it refers to. It is there while it refers to one: the
 * API takes none without. Other listeners are left as they are.
 */
export class GatewayListener {
  readonly #cluster: Cluster;
  readonly #place: GatewayPlace;

  constructor(cluster: Cluster, place: GatewayPlace) {
    this.#cluster = cluster;
    this.#place = place;
  }

  /** Names of the Secrets that it refers to. */
  async secrets(): Promise<string[]> {
    return secretsOf(await this.#read());
  }

  async add(secret: string): Promise<void> {
    await this.#change((secrets) => (secrets.includes(secret) ? secrets : [...secrets, secret]));
  }

  async remove(secret: string): Promise<void> {
    await this.#change((secrets) => secrets.filter((one) => one !== secret));
  }

  async #change(change: (secrets: string[]) => string[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      const gateway = await this.#read();
      const before = secretsOf(gateway);
      const after = change(before);
      if (after.join() === before.join()) return;
      if (after.length > mostReferences) {
        const message = `Expected at most ${mostReferences} certificates of all environments on one listener of a Gateway; it would have ${after.length}. Lower TEAL_CERTIFICATE_QUOTAS.`;
        throw new TealError("certificate_quota", message);
      }
      try {
        await this.#write(gateway, after);
        return;
      } catch (error) {
        // Somebody else has changed it since it was read.
        if (!(error instanceof ApiException) || error.code !== 409 || tries >= mostTries) throw error;
      }
    }
  }

  async #read(): Promise<Gateway> {
    return gatewaySchema.parse(await this.#cluster.custom.getNamespacedCustomObject(this.#object));
  }

  async #write(gateway: Gateway, secrets: readonly string[]): Promise<void> {
    const { listeners } = gateway.spec;
    const others = listeners.filter(({ name }) => name !== listenerName);
    const known = listeners.find(({ name }) => name === listenerName);
    const secure = {
      allowedRoutes: { namespaces: { from: "All" } },
      ...known,
      name: listenerName,
      protocol: "HTTPS",
      port: this.#place.port,
      tls: { ...known?.tls, mode: "Terminate", certificateRefs: secrets.map((name) => ({ name })) },
    };
    const spec = { ...gateway.spec, listeners: secrets.length > 0 ? [...others, secure] : others };
    // With the version that was read, so that nobody's change is lost.
    await this.#cluster.custom.replaceNamespacedCustomObject({ ...this.#object, body: { ...gateway, spec } });
  }

  get #object() {
    const { namespace, name } = this.#place;
    return { group: "gateway.networking.k8s.io", version: "v1", namespace, plural: "gateways", name };
  }
}

function secretsOf({ spec }: Gateway): string[] {
  const listener = spec.listeners.find(({ name }) => name === listenerName);
  return (listener?.tls?.certificateRefs ?? []).map(({ name }) => name);
}
