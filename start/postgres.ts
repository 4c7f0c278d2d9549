import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TealError } from "../model/errors.ts";
import { freePort } from "./ports.ts";
import { copiedBinaries, postgresBinaries } from "./postgresBinaries.ts";
import { createCluster } from "./postgresCluster.ts";
import { answers, readPostmaster, servesData } from "./postmaster.ts";
import { checkReachable, closedTo, postgresUser, type PostgresUser } from "./postgresUser.ts";

export interface StartPostgres {
  /** Teal's folder for PostgreSQL: data, password and log. Made where it isn't there. */
  directory: string;
  /** Any free one where absent. */
  port?: number;
  log: (line: string) => void;
}

export interface RunningPostgres {
  url: string;
  pid: number;
  /** Ends connections and the server, everything written. Also stops an adopted one. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on loopback as a process that outlives this one, or takes over the one that an earlier run left.
 * Throws `postgres_missing`, `postgres_user_missing`, `directory_rights`, `postgres_failed`.
 */
export async function startPostgres({ directory, port, log }: StartPostgres): Promise<RunningPostgres> {
  const home = resolve(directory);
  const data = join(home, "data");
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const user = postgresUser(data);
  if (user) checkReachable(home, user);
  const installed = postgresBinaries();
  const reachable = !user || closedTo(user, installed.postgres) === undefined;
  const binaries = reachable ? installed : copiedBinaries(installed, join(home, "binaries"));

  const password = await createCluster({ home, data, initdb: binaries.initdb, user });
  const adopted = await adopt(data, log);
  const running = adopted ?? (await startOn({ data, home, port, user, postgres: binaries.postgres }));
  return {
    url: `postgres://teal:${password}@127.0.0.1:${running.port}/postgres`,
    pid: running.pid,
    stop: () => stopPostgres(running.pid, data),
  };
}

/** The server that an earlier run left on these data, once it takes connections; null where there is none. */
async function adopt(data: string, log: (line: string) => void): Promise<{ pid: number; port: number } | null> {
  const found = readPostmaster(data);
  if (!found) return null;
  if (!servesData(found.pid, data)) {
    // A number of a dead server that now belongs to another process would keep PostgreSQL from starting.
    rmSync(join(data, "postmaster.pid"), { force: true });
    return null;
  }
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    const now = readPostmaster(data);
    if (now?.status === "ready" && (await answers(now.port))) {
      log(`PostgreSQL was still running from an earlier start (pid ${now.pid}); it is used again.`);
      return now;
    }
    if (!servesData(found.pid, data)) return null;
  }
  throw new TealError(
    "postgres_failed",
    `An earlier PostgreSQL (pid ${found.pid}) is neither ready nor gone. Stop it.`,
  );
}

interface StartOn {
  data: string;
  home: string;
  port: number | undefined;
  user: PostgresUser | null;
  postgres: string;
}

const attempts = 10;

async function startOn(options: StartOn): Promise<{ pid: number; port: number }> {
  const log = join(options.home, "postgres.log");
  for (let attempt = 1; ; attempt++) {
    const said = existsSync(log) ? statSync(log).size : 0;
    const port = options.port ?? (await freePort());
    const child = launch(options, port);
    if (await becomesReady(child, options.data)) return { pid: child.pid!, port };
    const text = readFileSync(log).subarray(said).toString().trim();
    // Processes of a server that was killed end a moment after it; a port can be taken between looking and listening.
    const passing = /pre-existing shared memory|still in use|lock file .* already exists/.test(text);
    const lost = options.port === undefined && /could not bind|Address already in use/.test(text);
    if ((passing || lost) && attempt < attempts) {
      await sleep(500);
      continue;
    }
    const lines = text.split("\n");
    const why = lines.find((line) => /could not bind/.test(line)) ?? lines.findLast((line) => /FATAL|ERROR/.test(line));
    const message = `PostgreSQL didn't start on port ${port}: ${why ?? lines.at(-1)} (see ${log}).`;
    throw new TealError("postgres_failed", message);
  }
}

function launch({ data, home, user, postgres }: StartOn, port: number): ChildProcess {
  const log = openSync(join(home, "postgres.log"), "a", 0o600);
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    shared_buffers: "64MB",
    max_connections: "100",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  try {
    const child = spawn(postgres, ["-D", data, ...flags], {
      cwd: data,
      detached: true,
      stdio: ["ignore", log, log],
      env: { PATH: process.env.PATH, LC_ALL: "C" },
      ...user,
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** False where it ended instead. */
async function becomesReady(child: ChildProcess, data: string): Promise<boolean> {
  let failure: Error | undefined;
  child.on("error", (error) => (failure = error));
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(20)) {
    if (failure)
      throw new TealError("postgres_failed", `PostgreSQL can't be run: ${failure.message}`, { cause: failure });
    const now = readPostmaster(data);
    if (now?.pid === child.pid && now?.status === "ready") return true;
    if (child.exitCode !== null || child.signalCode !== null) return false;
  }
  child.kill("SIGKILL");
  throw new TealError("postgres_failed", "PostgreSQL didn't take connections within 60 s (see postgres.log).");
}

async function stopPostgres(pid: number, data: string): Promise<void> {
  const gone = async (seconds: number) => {
    for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(20)) {
      if (!servesData(pid, data)) return true;
    }
    return false;
  };
  if (!servesData(pid, data)) return;
  // SIGINT: ends connections, then writes a checkpoint. SIGQUIT: at once; the next start recovers.
  process.kill(pid, "SIGINT");
  if (await gone(20)) return;
  process.kill(pid, "SIGQUIT");
  if (!(await gone(10))) throw new TealError("postgres_failed", `PostgreSQL (pid ${pid}) doesn't stop.`);
}
