import type { Automation } from "../automation/automation.ts";
import { adoptingClients, dataOnAws } from "../automation/aws/adopting/dataThere.ts";
import { createAutomation } from "../automation/commands/createAutomation.ts";
import { ledgerGauges } from "../automation/metrics/gauges.ts";
import { reachable } from "../automation/probes/cluster.ts";
import { readLogs } from "../automation/probes/logs.ts";
import { readOutside } from "../automation/probes/outside.ts";
import { readPods } from "../automation/probes/pods.ts";
import { whyNoAnswer } from "../automation/probes/answers.ts";
import type { TrafficOverTime } from "../automation/probes/series.ts";
import { previewTenant } from "../automation/previews.ts";
import { render } from "../automation/render.ts";
import { defaultPolicy } from "../model/policy.ts";
import { namespaceOf } from "../tenant/plan/names.ts";
import { createApp } from "../server/app.ts";
import { listen } from "../server/listen.ts";
import { createMetricsApp } from "../server/metrics.ts";
import { createPreview } from "../server/preview/preview.ts";
import { roomOf } from "./routes.ts";
import { isLoopback } from "./settings.ts";
import { siteOf } from "./site.ts";
import { trafficOverTime } from "./traffic.ts";
import { watchStatus } from "./watchStatus.ts";
import { publicUrlOf, reachOf, type Parts, type Stops } from "./parts.ts";

/** API and console. Gives where they are, as this machine reaches them. */
export async function addServer(parts: Parts, stops: Stops): Promise<string> {
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
export async function addMetrics({ settings, log, registry }: Parts, stops: Stops): Promise<null> {
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
      data: (environment, id) => stacks.data.last({ environment, id }),
      outside: (namespace) => readOutside(cluster, namespace, site.gateway),
      split: (environment, id) => routes.split(namespaceOf({ environment, id })),
    },
    affinity: settings.TEAL_GATEWAY_AFFINITY === "cookie",
    room: roomOf(settings),
    backups: ground.backups,
    dataThere: site.data && settings.TEAL_TARGET === "aws" ? dataOnAws(adoptingClients()) : null,
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
