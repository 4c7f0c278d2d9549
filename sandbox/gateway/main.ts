import { KubeClient } from "../kubernetes/client.ts";
import { messageOf } from "../kubernetes/failure.ts";
import { startGateway } from "./gateway.ts";

/**
 * The sandbox's gateway, a process of its own. Environment: `KUBECONFIG` (needed), `SANDBOX_CONTEXT`, `GATEWAY_PORT` and
 * `GATEWAY_ADMIN_PORT` (0: any free one), `GATEWAY_TLS_PORT` (the same; without it no TLS is served), `GATEWAY_LISTEN`
 * (127.0.0.1), `GATEWAY_CONTROLLER` (`teal.dev/gateway`). Prints one line of JSON once everything that the API knows is in force; everything else goes to stderr.
 */
const { KUBECONFIG, SANDBOX_CONTEXT, GATEWAY_LISTEN, GATEWAY_CONTROLLER } = process.env;
const { GATEWAY_PORT, GATEWAY_TLS_PORT, GATEWAY_ADMIN_PORT } = process.env;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function portOf(name: string, text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  return fail(`${name} is ${JSON.stringify(text)}: expected a port from 0 (any free one) to 65535.`);
}

if (!KUBECONFIG) fail("KUBECONFIG is not set: expected the path of a kubeconfig for the cluster that is to be served.");
// Warnings by the thousand say one thing: the API server is away. One a second is enough.
let lastLogMs = 0;
const log = (message: string): void => {
  if (Date.now() - lastLogMs > 1000) console.error(`gateway: ${message}`);
  lastLogMs = Date.now();
};

let stop = (): Promise<void> => Promise.resolve();
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => void stop().then(() => process.exit(0)));

const gateway = await startGateway(new KubeClient(KUBECONFIG, SANDBOX_CONTEXT || undefined), {
  listen: GATEWAY_LISTEN || "127.0.0.1",
  port: portOf("GATEWAY_PORT", GATEWAY_PORT),
  ...(GATEWAY_TLS_PORT && { tlsPort: portOf("GATEWAY_TLS_PORT", GATEWAY_TLS_PORT) }),
  adminPort: portOf("GATEWAY_ADMIN_PORT", GATEWAY_ADMIN_PORT),
  controllerName: GATEWAY_CONTROLLER || "teal.dev/gateway",
  log,
}).catch((error: unknown) => fail(`The gateway could not start: ${messageOf(error)}`));
stop = gateway.stop;
const { port, tlsPort, adminPort } = gateway;
console.log(JSON.stringify({ ready: true, port, tlsPort, adminPort }));
