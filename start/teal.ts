import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type pino from "pino";
import { Registry } from "prom-client";
import { authorityFile } from "../automation/certificates/sandbox/authority.ts";
import { createMetrics } from "../automation/metrics/metrics.ts";
import { openLedger } from "../automation/ledger/ledger.ts";
import { openCluster, reachable } from "../automation/probes/cluster.ts";
import { openQueue } from "../automation/queue/queue.ts";
import { createStacks } from "../automation/stacks/stacks.ts";
import { certificateSetup, certificatesDirectory } from "./certificates.ts";
import { dataBackups } from "./dataBackups.ts";
import { layGround, type Ground } from "./ground.ts";
import { openRoutes } from "./routes.ts";
import type { Settings } from "./settings.ts";
import { publicUrlOf, type Parts, type Stops } from "./parts.ts";
import { addMetrics, addServer } from "./server.ts";
import { addCourier, addReconciler, addWorker } from "./worker.ts";

/** A running Teal, and where to look. */
export interface Teal {
  /** Null in a process that is only a worker. */
  api: string | null;
  gateway: string;
  /** The same by TLS, where it is ours, and the file of the authority to trust. */
  secure: { gateway: string; authority: string } | null;
  stop(): Promise<void>;
}

/**
 * Brings up all of Teal: ground, ledger, worker, server. Throws TealErrors of one line for what a person can mend;
 * whatever was started by then is stopped again.
 */
export async function startTeal(settings: Settings, version: string, log: pino.Logger): Promise<Teal> {
  const stops: Stops = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return { ...(await build(settings, version, log, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(settings: Settings, version: string, log: pino.Logger, stops: Stops): Promise<Omit<Teal, "stop">> {
  const ground = await layGround(settings, version, log, stops);
  const cluster = openCluster(ground.kubeconfig, settings.TEAL_KUBE_CONTEXT);
  const [{ ledger, queue }] = await Promise.all([openBooks(settings, ground, log, stops), reachable(cluster, 10)]);
  const registry = new Registry();
  const { TEAL_TARGET: target, TEAL_ROLE: role, TEAL_ENVIRONMENTS: environments } = settings;
  const metrics = createMetrics(registry, { version, target, role, environments });
  // What a crash left there is of no more use: settings are rendered anew for every operation.
  const scratch = join(settings.TEAL_DATA, "run", "stacks");
  await rm(scratch, { recursive: true, force: true });
  const stacks = await createStacks({
    ...(settings.TEAL_ENGINE === "embedded" && {
      commandModule: pathToFileURL(join(import.meta.dirname, "..", "engine", "command.ts")),
    }),
    backendUrl: ground.backendUrl,
    passphrase: ground.passphrase,
    kubeconfig: ground.kubeconfig,
    scratch,
    threads: Number(settings.TEAL_STACK_THREADS ?? 2),
    observe: metrics.stackOperation,
    salt: { get: () => ledger.getEncryptionSalt(), set: (salt) => ledger.setEncryptionSalt(salt) },
    log,
  });
  stops.push(() => stacks.close());
  ground.backups ??= dataBackups(settings, stacks.data);
  const certificates = certificateSetup({ settings, ground, cluster });
  const routes = openRoutes(settings, cluster, stops);
  const parts: Parts = {
    settings,
    version,
    log,
    ground,
    cluster,
    routes,
    ledger,
    queue,
    stacks,
    registry,
    metrics,
    certificates,
  };
  if (settings.TEAL_ROLE !== "server") await addWorker(parts, stops);
  const api = settings.TEAL_ROLE === "worker" ? await addMetrics(parts, stops) : await addServer(parts, stops);
  // After the server, whose port may be known only now.
  if (settings.TEAL_ROLE !== "server") {
    addCourier(parts, publicUrlOf(settings, api), stops);
    addReconciler(parts, stops);
  }
  return { api, gateway: gatewayPattern(settings, ground.gatewayUrl), secure: secureOf(settings, ground) };
}

/** Ledger and queue, in the same database. */
async function openBooks(settings: Settings, ground: Ground, log: pino.Logger, stops: Stops) {
  const report = (message: string, error: unknown) => log.warn({ err: error }, message);
  const queue = await openQueue({ url: ground.databaseUrl, report });
  stops.push(() => queue.close());
  const ledger = await openLedger({ url: ground.databaseUrl, passphrase: ground.passphrase, wake: queue.send, report });
  stops.push(() => ledger.close());
  await ledger.declareEnvironments(settings.TEAL_ENVIRONMENTS);
  return { ledger, queue };
}

function secureOf(settings: Settings, { gatewayTlsPort }: Ground): Teal["secure"] {
  if (gatewayTlsPort === undefined) return null;
  const gateway = gatewayPattern(settings, `https://127.0.0.1:${gatewayTlsPort}`);
  return { gateway, authority: authorityFile(certificatesDirectory(settings)) };
}

function gatewayPattern(settings: Settings, gatewayUrl: string): string {
  const { protocol, port } = new URL(gatewayUrl);
  return `${protocol}//<tenant>.<environment>.${settings.TEAL_DOMAIN}${port && `:${port}`}/`;
}
