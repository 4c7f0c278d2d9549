import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startPostgres, type RunningPostgres } from "../../start/postgres.ts";

let server: Promise<RunningPostgres> | undefined;
let databases = 0;

/** The URL of a new database on a PostgreSQL that all test files of this process share. */
export async function freshDatabase(): Promise<string> {
  const { url } = await (server ??= start());
  const name = `test_${++databases}`;
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return url.replace(/postgres$/, name);
}

async function start(): Promise<RunningPostgres> {
  const directory = mkdtempSync(join(tmpdir(), "teal-postgres-"));
  chmodSync(directory, 0o711);
  const running = await startPostgres({ directory, log: () => undefined });
  // It outlives this process by design: see to it also where mocha is ended in the middle.
  const killed = () => {
    process.kill(running.pid, "SIGQUIT");
    rmSync(directory, { recursive: true, force: true });
  };
  process.once("exit", killed);
  stop = async () => {
    process.off("exit", killed);
    await running.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return running;
}

let stop: (() => Promise<void>) | undefined;

// A root hook: after the last test file.
after(async () => {
  await stop?.();
  server = stop = undefined;
});
