import { collectDefaultMetrics, Counter, Gauge, Histogram, type Registry } from "prom-client";
import { endStates, operationKinds, type Operation } from "../../model/operation.ts";
import type { Task } from "../stacks/tasks.ts";

/** What a process of Teal's counts of its own doings. No label has a value per tenant: there may be ten thousand. */
export interface Metrics {
  /** An operation was brought from one state to another by this process. */
  advanced(before: Operation, after: Operation): void;
  /** An operation was ended by a decision, without being driven. */
  ended(operation: Pick<Operation, "environment" | "kind">, outcome: EndState): void;
  /** Operations that other workers had left in the middle, and this one took. */
  takenOver(operations: number): void;
  stackOperation(task: Task["do"], seconds: number, failed: boolean): void;
  noticeTried(environment: string, delivered: boolean): void;
}
export type EndState = (typeof endStates)[number];

export interface About {
  version: string;
  target: string;
  role: "all" | "server" | "worker";
  /** Names of the declared environments. */
  environments: readonly string[];
}

/** Seconds: from an action that is done at once to a gate that waits for a day. */
const longBuckets = [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400];
const stackBuckets = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 180, 600];

/** Registers all that every process exports. */
export function createMetrics(registry: Registry, about: About): Metrics {
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  describeProcess(registry, about);
  const operations = new Counter({
    name: "teal_operations_total",
    help: "Operations that have ended",
    labelNames: ["environment", "kind", "outcome"],
    registers,
  });
  const lasted = new Histogram({
    name: "teal_operation_duration_seconds",
    help: "From when an operation was asked for to its end",
    labelNames: ["kind", "outcome"],
    buckets: longBuckets,
    registers,
  });
  const phases = new Histogram({
    name: "teal_operation_phase_duration_seconds",
    help: "How long operations were in a phase, counted anew after trouble that has passed",
    labelNames: ["kind", "phase"],
    buckets: longBuckets,
    registers,
  });
  const takeovers = new Counter({
    name: "teal_lease_takeovers_total",
    help: "Operations taken over from a worker that had gone silent",
    registers,
  });
  const stacks = new Histogram({
    name: "teal_stack_operation_duration_seconds",
    help: "How long stack operations took once a thread had taken them",
    labelNames: ["task", "outcome"],
    buckets: stackBuckets,
    registers,
  });
  const notices = new Counter({
    name: "teal_webhook_deliveries_total",
    help: "Calls of webhooks that tell of operations",
    labelNames: ["environment", "outcome"],
    registers,
  });
  // A series that begins at 1 has no increase: each is there from the start.
  for (const environment of about.environments) {
    for (const kind of operationKinds)
      for (const outcome of endStates) operations.inc({ environment, kind, outcome }, 0);
    for (const outcome of ["delivered", "failed"]) notices.inc({ environment, outcome }, 0);
  }
  const ended: Metrics["ended"] = ({ environment, kind }, outcome) => operations.inc({ environment, kind, outcome });
  return {
    ended,
    advanced(before, after) {
      if (after.phase === before.phase && after.endedAt === null) return;
      const now = (after.endedAt ?? new Date()).getTime();
      const { kind, phase } = before;
      phases.observe({ kind, phase }, secondsUntil(now, Date.parse(before.memory.phaseSince)));
      const outcome = endStates.find((state) => state === after.state);
      if (!outcome) return;
      ended(after, outcome);
      lasted.observe({ kind, outcome }, secondsUntil(now, after.createdAt.getTime()));
    },
    takenOver: (count) => takeovers.inc(count),
    stackOperation: (task, seconds, failed) => stacks.observe({ task, outcome: failed ? "failed" : "done" }, seconds),
    noticeTried: (environment, delivered) => notices.inc({ environment, outcome: delivered ? "delivered" : "failed" }),
  };
}

function describeProcess(registry: Registry, { version, target, role }: About): void {
  const labelNames = ["version", "target", "role"];
  const info = new Gauge({ name: "teal_info", help: "Always 1", labelNames, registers: [registry] });
  info.set({ version, target, role }, 1);
}

// Clocks are set now and then: nothing took less than no time.
function secondsUntil(now: number, then: number): number {
  return Math.max(0, (now - then) / 1000);
}
