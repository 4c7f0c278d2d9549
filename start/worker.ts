import { hostname } from "node:os";
import type pino from "pino";
import { keepAlerts } from "../automation/alerts/keep.ts";
import { startReconciler } from "../automation/certificates/reconciler.ts";
import { startPublishing } from "../automation/aws/deployments/publish.ts";
import { dynamoTable } from "../automation/aws/deployments/table.ts";
import { leavingOnAws } from "../automation/aws/leaving.ts";
import { measured } from "../automation/metrics/measured.ts";
import { openDatabases } from "../automation/databases/databases.ts";
import type { Ledger } from "../automation/ledger/ledger.ts";
import { readAdopted } from "../automation/ledger/tenants/adopters.ts";
import { removeWorkers } from "../automation/ledger/workers/remove.ts";
import { adoptedStays } from "../automation/offboarding/adopted.ts";
import { namespaceLeft, volumesLeft } from "../automation/offboarding/inCluster.ts";
import { stackLeft } from "../automation/offboarding/inStacks.ts";
import { openPrometheus } from "../automation/probes/prometheus.ts";
import { gatewayTraffic } from "../automation/probes/traffic.ts";
import { startCourier } from "../automation/telling/courier.ts";
import { startDrills } from "../automation/worker/drills.ts";
import type { Effects } from "../automation/worker/effects.ts";
import { keepOutputs } from "../automation/worker/outputs.ts";
import { startRetention } from "../automation/worker/retention.ts";
import { startSurvey } from "../automation/worker/survey.ts";
import { startWorker } from "../automation/worker/worker.ts";
import { defaultPolicy } from "../model/policy.ts";
import { identify } from "./processes.ts";
import type { Settings } from "./settings.ts";
import { siteOf } from "./site.ts";
import { reachOf, type Parts, type Stops } from "./parts.ts";

/** What acts: operations, and what is seen to from time to time beside them. */
export async function addWorker(
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
  const adopted = adoptedStays((of) => ledger.read((db) => readAdopted(db, of)));
  const effects = {
    ledger: measured(ledger, metrics),
    stacks,
    outputs,
    cluster,
    routes,
    traffic: gatewayTraffic(ground.gatewayMetrics),
    prometheus: openPrometheus(settings.TEAL_PROMETHEUS_URL),
    backups: ground.backups,
    places: [stackLeft(stacks), namespaceLeft(cluster), volumesLeft(cluster), ...(aws ? [...aws.places, adopted] : [])],
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

/** Tells webhooks. */
export function addCourier({ settings, log, ledger, metrics }: Parts, publicUrl: string, stops: Stops): void {
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

/** Keeps certificates as host names want them, where somebody issues any. */
export function addReconciler({ settings, log, ledger, certificates: setup }: Parts, stops: Stops): void {
  if (setup === null) return;
  const reconciler = startReconciler({ ledger, setup, domain: settings.TEAL_DOMAIN, log });
  stops.push(() => reconciler.stop());
}
