import { X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import { messageOf } from "../kubernetes/failure.ts";
import { keyOf, type KubeObject } from "../kubernetes/types.ts";
import { lookups } from "./hostname.ts";
import { isServed } from "./attachment.ts";
import type { Gateway, Listener } from "./resources.ts";

/** A Secret of type `kubernetes.io/tls`. */
export interface TlsSecret extends KubeObject {
  data?: Record<string, string>;
}

/** A certificate that can be served. */
interface Loaded {
  context: SecureContext;
  names: readonly string[];
  beginsAt: number;
  endsAt: number;
}

/**
 * The certificates that Gateways' HTTPS listeners refer to. Each handshake is given what is in force at its moment;
 * connections keep what they began with, so that a change cuts none of them.
 */
export class Certificates {
  readonly #secrets = new Map<string, Loaded | string>();
  #byName = new Map<string, Loaded[]>();
  readonly #gateways: () => Iterable<Gateway>;
  readonly #onChange: () => void;

  /** @param gateways those of ours; @param onChange what their statuses say of certificates may have changed */
  constructor(gateways: () => Iterable<Gateway>, onChange: () => void) {
    this.#gateways = gateways;
    this.#onChange = onChange;
  }

  set(secret: TlsSecret): void {
    this.#secrets.set(keyOf(secret), load(secret));
    this.refresh();
    this.#onChange();
  }

  delete(secret: TlsSecret): void {
    this.#secrets.delete(keyOf(secret));
    this.refresh();
    this.#onChange();
  }

  /** To be called whenever Gateways have changed. */
  refresh(): void {
    const used = new Set<Loaded>();
    for (const gateway of this.#gateways())
      for (const listener of gateway.spec.listeners)
        for (const key of referred(gateway, listener)) {
          const loaded = this.#secrets.get(key);
          if (loaded !== undefined && typeof loaded !== "string") used.add(loaded);
        }
    const byName = new Map<string, Loaded[]>();
    for (const loaded of [...used].reverse())
      for (const name of loaded.names) byName.set(name, [...(byName.get(name) ?? []), loaded]);
    // The newest first, else the one referred to last: where two have a name, the older one is on its way out.
    for (const all of byName.values()) all.sort((a, b) => b.beginsAt - a.beginsAt);
    this.#byName = byName;
  }

  /** What to serve a client that asks for this name; undefined where there is no certificate for it. */
  contextFor(servername: string, now = Date.now()): SecureContext | undefined {
    for (const name of lookups(servername.toLowerCase())) {
      const valid = this.#byName.get(name)?.find(({ endsAt }) => endsAt > now);
      if (valid !== undefined) return valid.context;
    }
    return undefined;
  }

  /** Why not all certificates of a listener can be served; undefined where they can. */
  problem(gateway: Gateway, listener: Listener): string | undefined {
    const namespace = gateway.metadata.namespace;
    const foreign = listener.tls?.certificateRefs?.find((ref) => (ref.namespace ?? namespace) !== namespace);
    if (foreign) return `Secret ${foreign.namespace}/${foreign.name} is in another namespace`;
    for (const key of referred(gateway, listener)) {
      const loaded = this.#secrets.get(key);
      if (loaded === undefined) return `There is no Secret ${key} of type kubernetes.io/tls`;
      if (typeof loaded === "string") return `Secret ${key} can't be served: ${loaded}`;
    }
    return undefined;
  }
}

/** `namespace/name` of the Secrets that a listener refers to; those of other namespaces would need a grant. */
function referred({ metadata: { namespace } }: Gateway, listener: Listener): string[] {
  if (listener.protocol !== "HTTPS" || !isServed(listener)) return [];
  const refs = listener.tls?.certificateRefs ?? [];
  return refs
    .filter((ref) => (ref.kind ?? "Secret") === "Secret" && (ref.namespace ?? namespace) === namespace)
    .map((ref) => `${namespace}/${ref.name}`);
}

/** Gives why not, in words without the key, where it can't be served. */
function load({ data }: TlsSecret): Loaded | string {
  const [cert, key] = ["tls.crt", "tls.key"].map((name) => Buffer.from(data?.[name] ?? "", "base64").toString());
  if (!cert || !key) return "it lacks tls.crt or tls.key";
  try {
    const { subjectAltName, validFrom, validTo } = new X509Certificate(cert);
    const names = (subjectAltName ?? "").split(", ").filter((name) => name.startsWith("DNS:"));
    return {
      context: createSecureContext({ cert, key }),
      names: names.map((name) => name.slice("DNS:".length).toLowerCase()),
      beginsAt: Date.parse(validFrom),
      endsAt: Date.parse(validTo),
    };
  } catch (error) {
    return messageOf(error);
  }
}
