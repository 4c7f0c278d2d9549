/**
 * Measures what the console reads of large fleets, over HTTP and a real PostgreSQL: `npm run bench:overview`.
 * Prints the median of some calls in milliseconds and the bytes that went over. Compare figures of one run only.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { Registry } from "prom-client";
import { createAutomation } from "../automation/commands/createAutomation.ts";
import { createApp } from "../server/app.ts";
import { listen } from "../server/listen.ts";
import { startPostgres } from "../start/postgres.ts";
import { openBooks } from "../test/automation/books.ts";
import { depsOn } from "../test/automation/deps.ts";
import { seedFleet } from "../test/automation/seed.ts";

const fleets = { small: 100, thousand: 1000, large: 10_000 };
const E = (environment: string) => `/v1/environments/${environment}`;

const directory = mkdtempSync(join(tmpdir(), "teal-bench-"));
// As root, PostgreSQL runs as another user, who must get through.
chmodSync(directory, 0o711);
const postgres = await startPostgres({ directory, log: () => undefined });
const { ledger, queue, close } = await openBooks(postgres.url);
const environments = Object.keys(fleets);
await ledger.declareEnvironments(environments);
const automation = createAutomation(depsOn({ ledger, queue }, environments));
const server = await listen(appOf(), { port: 0, address: "127.0.0.1" });
try {
  for (const [environment, tenants] of Object.entries(fleets)) await seedFleet(ledger, { environment, tenants });
  for (const [environment, tenants] of Object.entries(fleets)) await measureAll(environment, tenants);
} finally {
  await server.close();
  await close();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

function appOf() {
  const about = { environments, target: "sandbox" as const, listen: "127.0.0.1", version: "0.0.0-bench" };
  const logger = pino({ level: "warn" });
  const previewUrl = "http://localhost";
  return createApp({ automation, ...about, previewUrl, logger, metrics: new Registry(), ready: () => true });
}

async function measureAll(environment: string, tenants: number): Promise<void> {
  console.log(`${tenants} tenants`);
  const etag = (await call(`${E(environment)}/fleet`)).etag ?? "";
  await measure("fleet", `${E(environment)}/fleet`);
  await measure("fleet, nothing changed", `${E(environment)}/fleet`, { "if-none-match": etag });
  await measure("skew", `${E(environment)}/skew`);
  await measure("attention of all environments", "/v1/attention");
  await measure("attention", `/v1/attention?environment=${environment}`);
  await measure("tenants, by part of a host name", `${E(environment)}/tenants?q=${tenants - 1}.${environment}`);
  await measure("tenants, first page", `${E(environment)}/tenants`);
  await measure("adoption of a release", `${E(environment)}/releases/2.0.0/adoption`);
  await measure("calendar", `${E(environment)}/calendar`);
  await measure("activity", `/v1/activity?environment=${environment}`);
  await measure("activity of somebody", `/v1/activity?environment=${environment}&actor=ann`);
  await measure("operations that run", `/v1/operations?environment=${environment}&state=running,waiting`);
  await measure("status", "/v1/status");
}

async function measure(what: string, path: string, headers: Record<string, string> = {}): Promise<void> {
  const taken: number[] = [];
  let last = await call(path, headers);
  for (let i = 0; i < 7; i++) {
    const began = performance.now();
    last = await call(path, headers);
    taken.push(performance.now() - began);
  }
  const median = taken.sort((a, b) => a - b)[3]!;
  const size = `${last.sent.toString().padStart(9)} B sent ${last.bytes.toString().padStart(9)} B JSON`;
  console.log(`${median.toFixed(1).padStart(8)} ms ${size}   ${what}`);
}

async function call(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    headers: { "accept-encoding": "gzip", ...headers },
  });
  if (!answer.ok && answer.status !== 304) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  const sent = Number(answer.headers.get("content-length") ?? 0);
  return { bytes: Buffer.byteLength(text), sent, etag: answer.headers.get("etag") };
}
