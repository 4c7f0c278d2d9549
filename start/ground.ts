import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type pino from "pino";
import { filesBackups } from "../automation/backups/files.ts";
import type { BackupProvider } from "../automation/backups/provider.ts";
import { keptSecret, lockDataDirectory } from "./dataDirectory.ts";
import { expectFree } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { startSandbox } from "./sandbox.ts";
import type { Settings } from "./settings.ts";

/** What Teal stands on: PostgreSQL, a cluster with a gateway, a place for stack state; ours or somebody's. */
export interface Ground {
  databaseUrl: string;
  kubeconfig: string;
  gatewayUrl: string;
  gatewayMetrics: string | undefined;
  /** Where the sandbox's gateway serves TLS. */
  gatewayTlsPort: number | undefined;
  backendUrl: string;
  passphrase: string;
  /** Null: nothing is set up to back tenants' data up. */
  backups: BackupProvider | null;
}

/** Takes the data directory, which must be there, and starts, or takes over, what of the ground is ours to run. */
export async function layGround(
  settings: Settings,
  version: string,
  log: pino.Logger,
  stops: (() => Promise<void>)[],
): Promise<Ground> {
  const data = settings.TEAL_DATA;
  const unlock = lockDataDirectory(data);
  stops.push(async () => unlock());
  await expectFree("PORT", settings.PORT, settings.TEAL_LISTEN);
  const [databaseUrl, cluster] = await bothOrNeither([
    openDatabase(settings, log, stops),
    openClusterAccess(settings, version, stops),
  ]);
  return {
    databaseUrl,
    ...cluster,
    backendUrl: backendUrl(settings),
    passphrase: passphrase(settings),
    backups: backupsOf(settings),
  };
}

/** Waits for both even when one fails, so that whatever the other started is known and can be stopped. */
async function bothOrNeither<A, B>([a, b]: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return await Promise.all([a, b]);
}

async function openDatabase(settings: Settings, log: pino.Logger, stops: (() => Promise<void>)[]): Promise<string> {
  if (settings.DATABASE_URL) return settings.DATABASE_URL;
  const postgres = await startPostgres({
    directory: join(settings.TEAL_DATA, "postgres"),
    log: (line) => log.info(line),
  });
  stops.push(() => postgres.stop());
  return postgres.url;
}

type ClusterAccess = Pick<Ground, "kubeconfig" | "gatewayUrl" | "gatewayMetrics" | "gatewayTlsPort">;

async function openClusterAccess(
  settings: Settings,
  version: string,
  stops: (() => Promise<void>)[],
): Promise<ClusterAccess> {
  if (settings.TEAL_TARGET !== "sandbox") {
    return {
      kubeconfig: settings.KUBECONFIG!,
      gatewayUrl: settings.TEAL_GATEWAY_URL ?? `http://127.0.0.1:${settings.GATEWAY_PORT}`,
      gatewayMetrics: settings.TEAL_GATEWAY_METRICS,
      gatewayTlsPort: undefined,
    };
  }
  const sandbox = await startSandbox(
    settings.TEAL_DATA,
    { plain: settings.GATEWAY_PORT, tls: settings.GATEWAY_TLS_PORT },
    version,
  );
  stops.push(() => sandbox.stop());
  return {
    kubeconfig: sandbox.kubeconfig,
    gatewayUrl: `http://127.0.0.1:${sandbox.gatewayPort}`,
    gatewayMetrics: sandbox.gatewayMetrics,
    gatewayTlsPort: sandbox.gatewayTlsPort,
  };
}

function backendUrl(settings: Settings): string {
  if (settings.PULUMI_BACKEND_URL) return settings.PULUMI_BACKEND_URL;
  const state = join(settings.TEAL_DATA, "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  return pathToFileURL(state).href;
}

function backupsOf({ TEAL_TARGET, TEAL_DATA, TEAL_VOLUMES, TEAL_BACKUPS }: Settings): BackupProvider | null {
  if (TEAL_VOLUMES && TEAL_BACKUPS) return filesBackups({ volumes: TEAL_VOLUMES, backups: TEAL_BACKUPS });
  if (TEAL_TARGET !== "sandbox") return null;
  return filesBackups({
    volumes: join(TEAL_DATA, "cluster", "volumes"),
    backups: TEAL_BACKUPS ?? join(TEAL_DATA, "backups"),
  });
}

function passphrase(settings: Settings): string {
  return settings.PULUMI_CONFIG_PASSPHRASE ?? keptSecret(settings.TEAL_DATA, "passphrase");
}
