import { join } from "node:path";
import { lastPort, leftRunning, startChild } from "./child.ts";
import { keptSecret } from "./dataDirectory.ts";
import { expectFree, freePort } from "./ports.ts";

export interface Sandbox {
  kubeconfig: string;
  gatewayPort: number;
  /** Where the gateway serves TLS. */
  gatewayTlsPort: number;
  /** The gateway's own figures, in Prometheus' text format. */
  gatewayMetrics: string;
  stop(): Promise<void>;
}

/** Of the gateway; 0: any free one. */
export interface GatewayPorts {
  plain: number;
  tls: number;
}

const entry = (path: string) => join(import.meta.dirname, "..", "sandbox", path);

/**
 * Starts or adopts the stand-in cluster: API server with controllers, then node and gateway. Ports that nobody chose
 * stay what they were last time, so that a kubeconfig in use stays good.
 */
export async function startSandbox(data: string, ports: GatewayPorts, version: string): Promise<Sandbox> {
  const directory = join(data, "run");
  const token = keptSecret(data, "sandbox-token");
  const cluster = join(data, "cluster");
  const kubeconfig = join(cluster, "kubeconfig");
  const port = ports.plain || lastPort(directory, "gateway") || (await freePort());
  const tlsPort = ports.tls || lastPort(directory, "gateway", "tlsPort") || (await freePort());
  const apiPort = String(lastPort(directory, "api") || (await freePort()));
  if (!leftRunning(directory, "gateway")) {
    await expectFree("GATEWAY_PORT", port, "127.0.0.1");
    await expectFree("GATEWAY_TLS_PORT", tlsPort, "127.0.0.1");
  }
  const child = (name: string, env: Record<string, string>) =>
    startChild({ name, entry: entry(`${name}/main.ts`), env, directory, version });

  const api = await child("api", {
    SANDBOX_DATA: cluster,
    SANDBOX_API_PORT: apiPort,
    SANDBOX_TOKEN: token,
    SANDBOX_GATEWAY_PORT: String(port),
  });
  const [node, gateway] = await Promise.all([
    child("node", { KUBECONFIG: kubeconfig, SANDBOX_TOKEN: token, SANDBOX_VOLUMES: join(cluster, "volumes") }),
    child("gateway", {
      KUBECONFIG: kubeconfig,
      GATEWAY_PORT: String(port),
      GATEWAY_TLS_PORT: String(tlsPort),
      GATEWAY_ADMIN_PORT: "0",
    }),
  ]);
  return {
    kubeconfig,
    gatewayPort: gateway.info.port,
    gatewayTlsPort: tlsPort,
    gatewayMetrics: `http://127.0.0.1:${String(gateway.info.adminPort)}/metrics`,
    async stop() {
      await Promise.all([gateway.stop(), node.stop()]);
      await api.stop();
    },
  };
}
