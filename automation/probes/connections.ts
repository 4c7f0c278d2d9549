import { isDeepStrictEqual } from "node:util";
import type { KubeConfig } from "@kubernetes/client-node";

/** A part of the library's that its types hide. */
interface Hidden {
  createDispatcher?: (cluster: unknown, options: unknown) => { close?(): Promise<void> } | undefined;
}

/**
 * Has all calls share connections. The library makes a pool of connections for every call, so that each has a TLS
 * handshake of its own: 3 ms here and as much at the API server. Credentials that change get another pool. In a version
 * of the library that does otherwise, this does nothing.
 */
export function keepConnections(config: KubeConfig): void {
  const hidden = config as unknown as Hidden;
  const create = hidden.createDispatcher?.bind(config);
  if (!create) return;
  let kept: { cluster: unknown; options: unknown; dispatcher: ReturnType<typeof create> } | undefined;
  hidden.createDispatcher = (cluster, options) => {
    if (!kept || kept.cluster !== cluster || !isDeepStrictEqual(kept.options, options)) {
      // Calls that are under way end in peace.
      void kept?.dispatcher?.close?.().catch(() => undefined);
      kept = { cluster, options, dispatcher: create(cluster, options) };
    }
    return kept.dispatcher;
  };
}
