import { rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type pino from "pino";
import { Registry } from "prom-client";
import type { Automation } from "../automation/automation.ts";
import { keepAlerts } from "../automation/alerts/keep.ts";
import { startReconciler } from "../automation/certificates/reconciler.ts";
import type { CertificateSetup } from "../automation/certificates/provider.ts";
import { authorityFile } from "../automation/certificates/sandbox/authority.ts";
import { startPublishing } from "../automation/aws/deployments/publish.ts";
import { dynamoTable } from "../automation/aws/deployments/table.ts";
import { leavingOnAws } from "../automation/aws/leaving.ts";
import { createAutomation } from "../automation/commands/createAutomation.ts";
import { ledgerGauges } from "../automation/metrics/gauges.ts";
import { measured } from "../automation/metrics/measured.ts";
import { createMetrics, type Metrics } from "../automation/metrics/metrics.ts";
import { openDatabases } from "../automation/databases/databases.ts";
import { openLedger, type Ledger } from "../automation/ledger/ledger.ts";
import { removeWorkers } from "../automation/ledger/workers/remove.ts";
import { namespaceLeft, volumesLeft } from "../automation/offboarding/inCluster.ts";
import { stackLeft } from "../automation/offboarding/inStacks.ts";
import { openCluster, reachable, type Cluster } from "../automation/probes/cluster.ts";
import { readLogs } from "../automation/probes/logs.ts";
import { readOutside } from "../automation/probes/outside.ts";
import { readPods } from "../automation/probes/pods.ts";
import { openPrometheus } from "../automation/probes/prometheus.ts";
import type { Routes } from "../automation/probes/routes.ts";
import { whyNoAnswer } from "../automation/probes/answers.ts";
import type { TrafficOverTime } from "../automation/probes/series.ts";
import { gatewayTraffic } from "../automation/probes/traffic.ts";
import { openQueue, type Queue } from "../automation/queue/queue.ts";
import { previewTenant } from "../automation/previews.ts";
import { render } from "../automation/render.ts";
import { createStacks, type Stacks } from "../automation/stacks/stacks.ts";
import type { Reach } from "../automation/telling/addresses.ts";
import { startCourier } from "../automation/telling/courier.ts";
import { startDrills } from "../automation/worker/drills.ts";
import type { Effects } from "../automation/worker/effects.ts";
import { keepOutputs } from "../automation/worker/outputs.ts";
import { startRetention } from "../automation/worker/retention.ts";
import { startSurvey } from "../automation/worker/survey.ts";
import { startWorker } from "../automation/worker/worker.ts";
import { defaultPolicy } from "../model/policy.ts";
import { namespaceOf } from "../tenant/plan/names.ts";
import { createApp } from "../server/app.ts";
import { listen } from "../server/listen.ts";
import { createMetricsApp } from "../server/metrics.ts";
import { createPreview } from "../server/preview/preview.ts";
import { certificateSetup, certificatesDirectory } from "./certificates.ts";
import { dataBackups } from "./dataBackups.ts";
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
  /** The same by TLS, where it is ours, and the file of the authority to trust. */
  secure: { gateway: string; authority: string } | null;
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
  registry: Registry;
  metrics: Metrics;
  /** Null: nothing is set up to issue any. */
  certificates: CertificateSetup | null;
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
  { settings, version, log, ground, cluster, routes, ledger, queue, stacks, metrics }: Parts,
  stops: Stops,
): Promise<void> {
  // Of the workers on this host, those whose process has gone are dead for sure: no need to wait for their leases.
  const host = `${hostname()}:${settings.TEAL_DATA}:`;
  const { started } = identify(process.pid)!;
  metrics.takenOver(await ledger.releaseLeasesOf(host));
  await ledger.read((db) => removeWorkers(db, host));
  const outputs = keepOutputs(ledger, log);
  const aws = settings.TEAL_TARGET === "aws" ? leavingOnAws() : null;
  const effects = {
    ledger: measured(ledger, metrics),
    stacks,
    outputs,
    cluster,
    routes,
    traffic: gatewayTraffic(ground.gatewayMetrics),
    prometheus: openPrometheus(settings.TEAL_PROMETHEUS_URL),
    backups: ground.backups,
    places: [stackLeft(stacks), namespaceLeft(cluster), volumesLeft(cluster), ...(aws?.places ?? [])],
    gateway: ground.gatewayUrl,
    policy: defaultPolicy(settings.TEAL_PACE),
    site: siteOf(settings, ground.gatewayUrl),
    databases: openDatabases({ sharedUrl: settings.TEAL_SHARED_DATABASE_URL }),
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
  const alerts = keepAlerts(ledger, log);
  stops.push(() => alerts.stop());
  const retention = startRetention({ effects, keys: aws?.keys ?? null, log });
  stops.push(() => retention.stop());
  const survey = startSurvey({ effects, environments: settings.TEAL_ENVIRONMENTS, log });
  stops.push(() => survey.stop());
  addDrills(effects, settings, log, stops);
  addPublishing(ledger, settings, log, stops);
}

function addDrills(
  { ledger, backups, policy }: Effects,
  { TEAL_ENVIRONMENTS: environments }: Settings,
  log: pino.Logger,
  stops: Stops,
): void {
  if (!backups) return;
  const drills = startDrills({ ledger, backups, environments, restoreSeconds: policy.restoreSeconds, log });
  stops.push(() => drills.stop());
}

function addPublishing(ledger: Ledger, { TEAL_DYNAMODB_TABLE: name }: Settings, log: pino.Logger, stops: Stops): void {
  if (name === undefined) return;
  const table = dynamoTable(name);
  const publishing = startPublishing({ ledger, table, log });
  stops.push(async () => {
    await publishing.stop();
    table.close();
  });
}

function addCourier({ settings, log, ledger, metrics }: Parts, publicUrl: string, stops: Stops): void {
  const environments = settings.TEAL_ENVIRONMENTS;
  const courier = startCourier({
    ledger,
    environments,
    publicUrl,
    posting: { reach: reachOf(settings) },
    log,
    observe: metrics.noticeTried,
  });
  stops.push(() => courier.stop());
}

function addReconciler({ settings, log, ledger, certificates: setup }: Parts, stops: Stops): void {
  if (setup === null) return;
  const reconciler = startReconciler({ ledger, setup, domain: settings.TEAL_DOMAIN, log });
  stops.push(() => reconciler.stop());
}

/** Where people and programs reach this Teal. */
function publicUrlOf({ TEAL_PUBLIC_URL, PORT }: Settings, api: string | null): string {
  return TEAL_PUBLIC_URL ?? api ?? `http://localhost:${PORT}`;
}

function reachOf({ TEAL_TARGET, TEAL_WEBHOOK_ALLOW_PRIVATE }: Settings): Reach {
  return { loopback: TEAL_TARGET === "sandbox", private: TEAL_WEBHOOK_ALLOW_PRIVATE === "true" };
}

async function addServer(parts: Parts, stops: Stops): Promise<string> {
  const { settings, version, log, registry, ledger } = parts;
  ledgerGauges(registry, ledger);
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
    ...(settings.TEAL_ALERTS_TOKEN && { alertsToken: settings.TEAL_ALERTS_TOKEN }),
    logger: log,
    metrics: registry,
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

/** A worker has no API; its figures are to be had all the same. */
async function addMetrics({ settings, log, registry }: Parts, stops: Stops): Promise<null> {
  const { TEAL_TOKEN: token, TEAL_LISTEN: address, TEAL_METRICS_PORT: port } = settings;
  const app = createMetricsApp({ metrics: registry, listen: address, logger: log, ...(token && { token }) });
  const listening = await listen(app, { port, address });
  stops.push(() => listening.close());
  log.info({ address, port: listening.port }, "figures are at /metrics");
  return null;
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
  { settings, version, ground, cluster, routes, ledger, queue, stacks, metrics, certificates }: Parts,
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
      outside: (namespace) => readOutside(cluster, namespace),
      split: (environment, id) => routes.split(namespaceOf({ environment, id })),
    },
    affinity: settings.TEAL_GATEWAY_AFFINITY === "cookie",
    room: roomOf(settings),
    backups: ground.backups,
    certificates,
    inside: {
      traffic,
      pods: (namespace) => readPods(cluster, namespace),
      logs: (namespace, wanted) => readLogs(cluster, namespace, wanted),
      stack: (environment, id) => stacks.read({ environment, id }),
    },
    preview: (tenant, layout, options) => previewTenant(stacks, site, tenant, layout, options),
    holdsData: site.data !== undefined,
    posting: { reach: reachOf(settings) },
    publicUrl,
    metrics,
    listensToAlertmanager: settings.TEAL_ALERTS_TOKEN !== undefined,
    about: {
      version,
      engine: settings.TEAL_ENGINE,
      backendUrl: ground.backendUrl,
      deploymentTable: settings.TEAL_DYNAMODB_TABLE,
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

function secureOf(settings: Settings, { gatewayTlsPort }: Ground): Teal["secure"] {
  if (gatewayTlsPort === undefined) return null;
  const gateway = gatewayPattern(settings, `https://127.0.0.1:${gatewayTlsPort}`);
  return { gateway, authority: authorityFile(certificatesDirectory(settings)) };
}

function gatewayPattern(settings: Settings, gatewayUrl: string): string {
  const { protocol, port } = new URL(gatewayUrl);
  return `${protocol}//<tenant>.<environment>.${settings.TEAL_DOMAIN}${port && `:${port}`}/`;
}
