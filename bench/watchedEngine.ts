/**
 * The embedded engine in a thread that tells what its time goes to: V8's profiler says what runs at every sample, and where
 * nothing does, requests and files under way say what is waited for. Nothing of it is in the engine.
 */
import { subscribe } from "node:diagnostics_channel";
import fs from "node:fs/promises";
import { Session, type Profiler } from "node:inspector/promises";
import { syncBuiltinESMExports } from "node:module";
import { BroadcastChannel } from "node:worker_threads";
import { channelName, phases, type Asked, type Phase, type Shares } from "./shares.ts";

const [program, monitor, apiServer, state, settings, garbage, other] = phases;

/** Begin and end, in microseconds of the monotonic clock, which is also the profiler's. */
type Spans = [begin: number, end: number][];
const requests: Spans = [];
const files: Spans = [];
const now = () => Number(process.hrtime.bigint() / 1000n);

const begun = new WeakMap<object, number>();
subscribe("http.client.request.start", (message) => begun.set((message as { request: object }).request, now()));
subscribe("http.client.response.finish", (message) => {
  const { request, response } = message as { request: object; response: NodeJS.EventEmitter };
  response.once("end", () => requests.push([begun.get(request)!, now()]));
});

type Call = (this: unknown, ...args: unknown[]) => Promise<unknown>;

function watch(owner: object, name: string): void {
  const methods = owner as Record<string, Call>;
  const original = methods[name]!;
  methods[name] = async function (...args) {
    const begin = now();
    try {
      return await original.apply(this, args);
    } finally {
      files.push([begin, now()]);
    }
  };
}
const handle = await fs.open(import.meta.filename);
for (const name of ["sync", "datasync", "writeFile", "readFile"]) watch(Object.getPrototypeOf(handle) as object, name);
await handle.close();
for (const name of ["open", "readFile", "writeFile", "rename", "link", "unlink", "rm", "readdir", "mkdir", "stat"])
  watch(fs, name);
syncBuiltinESMExports();

const session = new Session();
session.connect();

const channel = new BroadcastChannel(channelName);
channel.onmessage = (event) => void answer((event as { data: Asked }).data);
channel.unref();

async function answer(asked: Asked): Promise<void> {
  if (asked === "begin") {
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: 250 });
    await session.post("Profiler.start");
    return channel.postMessage(undefined);
  }
  const { profile } = await session.post("Profiler.stop");
  const file = process.env["BENCH_PROFILE"];
  if (file) await fs.writeFile(file, JSON.stringify(profile));
  channel.postMessage(sharesOf(profile));
}

function sharesOf({ nodes, samples = [], timeDeltas = [], startTime }: Profiler.Profile): Shares {
  const found = Object.fromEntries(phases.map((phase) => [phase, 0])) as Shares;
  const running = phasesOfNodes(nodes);
  const waiting: [Phase, Spans][] = [
    [apiServer, requests.sort(byBegin)],
    [state, files.sort(byBegin)],
  ];
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const length = timeDeltas[index + 1] ?? 0;
    at += timeDeltas[index]!;
    const phase = running.get(id) ?? waiting.find(([, spans]) => covers(spans, at))?.[0] ?? other;
    found[phase] += length / 1000;
  }
  return found;
}

const byBegin = (a: readonly number[], b: readonly number[]) => a[0]! - b[0]!;

/** Instants come in order: what has ended before one is of no use to the next. */
function covers(spans: Spans, at: number): boolean {
  while (spans[0] && spans[0][1] < at) spans.shift();
  return spans.some(([begin, end]) => begin <= at && at <= end);
}

/** The phase of each node of the call tree; undefined where nothing runs. */
function phasesOfNodes(nodes: readonly Profiler.ProfileNode[]): Map<number, Phase | undefined> {
  const found = new Map<number, Phase | undefined>();
  const visit = (node: Profiler.ProfileNode, above: Phase) => {
    const phase = phaseOf(node.callFrame, above);
    found.set(node.id, phase);
    for (const id of node.children ?? []) visit(byId.get(id)!, phase ?? above);
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  visit(nodes[0]!, monitor);
  return found;
}

/** By the file that a function is in; one of Node's own belongs to what called it. */
function phaseOf({ functionName, url }: Profiler.ProfileNode["callFrame"], above: Phase): Phase | undefined {
  if (functionName === "(idle)") return undefined;
  if (functionName === "(garbage collector)") return garbage;
  if (/\/engine\/(state|secrets)\//.test(url)) return state;
  if (/\/engine\//.test(url)) return monitor;
  if (/\/automation\/stacks\/|\/tenant\/config/.test(url)) return settings;
  if (/\/tenant\/|\/@pulumi\/|google-protobuf/.test(url)) return program;
  return above;
}

export { createPulumiCommand } from "../engine/command.ts";
