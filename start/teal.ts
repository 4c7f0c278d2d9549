import { rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type pino from "pino";
import { Registry } from "prom-client";
import type { Automation } from "../automation/automation.ts";
import { createAutomation } from "../automation/commands/createAutomation.ts";
import { openLedger, type Ledger } from "../automation/ledger/ledger.ts";
import { removeWorkers } from "../automation/ledger/workers/remove.ts";
import { openCluster, reachable, type Cluster } from "../automation/probes/cluster.ts";
import { readLogs } from "../automation/probes/logs.ts";
import { readPods } from "../automation/probes/pods.ts";
import { openPrometheus } from "../automation/probes/prometheus.ts";
import type { Routes } from "../automation/probes/routes.ts";
import { whyNoAnswer } from "../automation/probes/answers.ts";
import type { TrafficOverTime } from "../automation/probes/series.ts";
import { gatewayTraffic } from "../automation/probes/traffic.ts";
import { openQueue, type Queue } from "../automation/queue/queue.ts";
import { render } from "../automation/render.ts";
import { createStacks, type Stacks } from "../automation/stacks/stacks.ts";
import type { Reach } from "../automation/telling/addresses.ts";
import { startCourier } from "../automation/telling/courier.ts";
import { keepOutputs } from "../automation/worker/outputs.ts";
import { startSurvey } from "../automation/worker/survey.ts";
import { startWorker } from "../automation/worker/worker.ts";
import { defaultPolicy } from "../model/policy.ts";
import { namespaceOf } from "../tenant/plan/names.ts";
import { createApp } from "../server/app.ts";
import { listen } from "../server/listen.ts";
import { createPreview } from "../server/preview/preview.ts";
import { layGround, type Ground } from "./ground.ts";
import { identify } from "./processes.ts";
import { openRoutes, roomOf } from "./routes.ts";
import { isLoopback, type Settings } from "./settings.ts";
import { siteOf } from "./site.ts";
import { trafficOverTime } from "./traffic.ts";
import { watchStatus } from "./watchStatus.ts";

/** A running Teal, and where to look. */
export interface Teal {
  /** Null in a process that is only a worker. */
  api: string | null;
  gateway: string;
  stop(): Promise<void>;
}

/** How what has been started is stopped, last first. */
type Stops = (() => Promise<void>)[];

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
    salt: { get: () => ledger.getEncryptionSalt(), set: (salt) => ledger.setEncryptionSalt(salt) },
    log,
  });
  stops.push(() => stacks.close());
  const routes = openRoutes(settings, cluster, stops);
  const parts: Parts = { settings, version, log, ground, cluster, routes, ledger, queue, stacks };
  if (settings.TEAL_ROLE !== "server") await addWorker(parts, stops);
  const api = settings.TEAL_ROLE === "worker" ? null : await addServer(parts, stops);
  // After the server, whose port may be known only now.
  if (settings.TEAL_ROLE !== "server") addCourier(parts, publicUrlOf(settings, api), stops);
  return { api, gateway: gatewayPattern(settings, ground) };
}

interface Parts {
  settings: Settings;
  version: string;
  log: pino.Logger;
  ground: Ground;
  cluster: Cluster;
  routes: Routes;
  ledger: Ledger;
  queue: Queue;
  stacks: Stacks;
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

async function addWorker(
  { settings, version, log, ground, cluster, routes, ledger, queue, stacks }: Parts,
  stops: Stops,
): Promise<void> {
  // Of the workers on this host, those whose process has gone are dead for sure: no need to wait for their leases.
  const host = `${hostname()}:${settings.TEAL_DATA}:`;
  const { started } = identify(process.pid)!;
  await ledger.releaseLeasesOf(host);
  await ledger.read((db) => removeWorkers(db, host));
  const outputs = keepOutputs(ledger, log);
  const effects = {
    ledger,
    stacks,
    outputs,
    cluster,
    routes,
    traffic: gatewayTraffic(ground.gatewayMetrics),
    prometheus: openPrometheus(settings.TEAL_PROMETHEUS_URL),
    backups: ground.backups,
    gateway: ground.gatewayUrl,
    policy: defaultPolicy(settings.TEAL_PACE),
    site: siteOf(settings, ground.gatewayUrl),
  };
  const worker = startWorker({
    effects,
    queue,
    log,
    name: `${host}${process.pid}:${started}`,
    version,
    concurrency: 100,
  });
  // After the worker, whose last actions print, too.
  stops.push(() => outputs.stop());
  stops.push(() => worker.stop());
  const survey = startSurvey({ effects, environments: settings.TEAL_ENVIRONMENTS, log });
  stops.push(() => survey.stop());
}

function addCourier({ settings, log, ledger }: Parts, publicUrl: string, stops: Stops): void {
  const environments = settings.TEAL_ENVIRONMENTS;
  const courier = startCourier({ ledger, environments, publicUrl, posting: { reach: reachOf(settings) }, log });
  stops.push(() => courier.stop());
}

/** Where people and programs reach this Teal. */
function publicUrlOf({ TEAL_PUBLIC_URL, PORT }: Settings, api: string | null): string {
  return TEAL_PUBLIC_URL ?? api ?? `http://localhost:${PORT}`;
}

function reachOf({ TEAL_TARGET, TEAL_WEBHOOK_ALLOW_PRIVATE }: Settings): Reach {
  return { loopback: TEAL_TARGET === "sandbox", private: TEAL_WEBHOOK_ALLOW_PRIVATE === "true" };
}

async function addServer(parts: Parts, stops: Stops): Promise<string> {
  const { settings, version, log } = parts;
  const metrics = new Registry();
  let open = true;
  let api: string | null = null;
  const automation = automationOf(parts, () => publicUrlOf(settings, api), trafficOverTime(parts, stops));
  stops.push(watchStatus(automation, log));
  const app = createApp({
    automation,
    previewUrl: await addPreview(parts, automation, stops),
    environments: settings.TEAL_ENVIRONMENTS,
    target: settings.TEAL_TARGET,
    listen: settings.TEAL_LISTEN,
    ...(settings.TEAL_TOKEN && { token: settings.TEAL_TOKEN }),
    logger: log,
    metrics,
    version,
    ready: () => open,
  });
  const listening = await listen(app, { port: settings.PORT, address: settings.TEAL_LISTEN });
  stops.push(async () => {
    open = false;
    await listening.close();
  });
  api = `http://${isLoopback(settings.TEAL_LISTEN) ? "localhost" : settings.TEAL_LISTEN}:${listening.port}`;
  return api;
}

/** Gives its URL, as browsers reach it. */
async function addPreview(
  { settings, log, ground, routes }: Parts,
  automation: Automation,
  stops: Stops,
): Promise<string> {
  const { TEAL_PREVIEW_URL: url, TEAL_PREVIEW_PORT: port, TEAL_LISTEN: address } = settings;
  const secure = url?.startsWith("https:") ?? false;
  const { operations } = automation;
  const listening = await listen(
    createPreview({ operations, gateway: ground.gatewayUrl, routing: routes.routing, secure, logger: log }),
    {
      port,
      address,
    },
  );
  stops.push(() => listening.close());
  return url ?? `http://${isLoopback(address) ? "localhost" : address}:${listening.port}`;
}

function automationOf(
  { settings, version, ground, cluster, routes, ledger, queue, stacks }: Parts,
  publicUrl: () => string,
  traffic: TrafficOverTime,
): Automation {
  const site = siteOf(settings, ground.gatewayUrl);
  return createAutomation({
    ledger,
    queue,
    environments: settings.TEAL_ENVIRONMENTS,
    target: settings.TEAL_TARGET,
    domain: settings.TEAL_DOMAIN,
    urlOf: site.urlOf,
    policy: defaultPolicy(settings.TEAL_PACE),
    found: {
      drift: (tenant, layout) => stacks.drift(render(layout, tenant, site)),
      last: (environment, id) => stacks.last({ environment, id }),
      split: (environment, id) => routes.split(namespaceOf({ environment, id })),
    },
    affinity: settings.TEAL_GATEWAY_AFFINITY === "cookie",
    room: roomOf(settings),
    backups: ground.backups,
    inside: {
      traffic,
      pods: (namespace) => readPods(cluster, namespace),
      logs: (namespace, wanted) => readLogs(cluster, namespace, wanted),
      stack: (environment, id) => stacks.read({ environment, id }),
    },
    preview: (tenant, layout) => stacks.preview(render(layout, tenant, site)),
    posting: { reach: reachOf(settings) },
    publicUrl,
    about: {
      version,
      engine: settings.TEAL_ENGINE,
      backendUrl: ground.backendUrl,
      gateway: () => whyNoAnswer(ground.gatewayUrl),
    },
    health: async () => [
      await reachable(cluster, 3).then(
        () => ({ name: "cluster", ok: true }),
        (error: Error) => ({ name: "cluster", ok: false, problem: error.message }),
      ),
    ],
  });
}

function gatewayPattern(settings: Settings, { gatewayUrl }: Ground): string {
  const { protocol, port } = new URL(gatewayUrl);
  return `${protocol}//<tenant>.<environment>.${settings.TEAL_DOMAIN}${port && `:${port}`}/`;
}
