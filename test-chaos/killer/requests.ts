/** Dies at requests to the outside, in the main thread and in stack threads alike, and at renames of the main thread. */
import diagnostics from "node:diagnostics_channel";
import fs from "node:fs";
import type { ClientRequest } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { getEnvironmentData, isMainThread, setEnvironmentData } from "node:worker_threads";
import { die, type Moment } from "./plan.ts";

const key = "chaos";
const off = 0;
const modes: readonly (Moment | undefined)[] = [undefined, "during", "sent", "answered"];

// Threads get it from the main thread when they are started: [mode, changes left until the one that is meant].
if (isMainThread) setEnvironmentData(key, new SharedArrayBuffer(8));
const armed = new Int32Array(getEnvironmentData(key) as unknown as SharedArrayBuffer);

/** From now on this process dies at the moment; `change`: of which change of the cluster. */
export function arm(moment: Moment, change = 1): void {
  Atomics.store(armed, 1, change);
  Atomics.store(armed, 0, modes.indexOf(moment));
}

export function disarm(): void {
  Atomics.store(armed, 0, off);
}

/** Has this thread's requests looked at. */
export function watchRequests(): void {
  const onRequest = (channel: string, look: (request: ClientRequest) => void) =>
    diagnostics.subscribe(channel, (message) => look((message as { request: ClientRequest }).request));
  onRequest("http.client.request.created", (request) => {
    if (mode() === "sent" && changes(request) && isTheOne()) die();
  });
  onRequest("http.client.response.finish", (request) => {
    if (mode() === "during") die();
    if (mode() === "answered" && changes(request) && isTheOne()) die();
  });
  diagnostics.subscribe("undici:request:headers", () => {
    if (mode() === "during") die();
  });
}

/** A rename is what makes files that were written aside count: `during` one, they are all there and do not yet. */
export function watchRenames(): void {
  const real = fs.promises.rename;
  fs.promises.rename = async (from, to) => {
    if (mode() === "during" && isTheOne()) die();
    await real(from, to);
  };
  syncBuiltinESMExports();
}

function mode(): Moment | undefined {
  return modes[Atomics.load(armed, 0)];
}

function isTheOne(): boolean {
  return Atomics.sub(armed, 1, 1) === 1;
}

function changes({ method, path }: ClientRequest): boolean {
  return method !== "GET" && !path.includes("dryRun");
}
