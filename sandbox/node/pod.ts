import { setTimeout as sleep } from "node:timers/promises";
import type { Condition } from "../kubernetes/types.ts";
import type { ContainerSpec, Pod, PodPhase, PodStatus } from "../kubernetes/pods.ts";
import type { Addresses } from "./addresses.ts";
import { Container } from "./container.ts";
import type { ReadTexts } from "./environment.ts";
import type { Mount } from "./mounts.ts";
import type { Process } from "./process.ts";

export interface PodDependencies {
  addresses: Addresses;
  read: ReadTexts;
  mount: (container: ContainerSpec, pod: Pod) => Promise<Mount[]>;
  /** Its status has changed and should be written. */
  onChange: () => void;
  /** It was told to go, and has: its object may be removed. */
  onGone: () => void;
  event: (type: "Normal" | "Warning", reason: string, message: string) => void;
}

const hostIP = "127.0.0.1";
/** After being told to go, a ready pod serves on for this long, until every gateway has heard that it is leaving. */
const drainMs = 1000;
const addressTries = 50;

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** A pod that is bound to this node: its address, its containers and what is said of them in its status. */
export class PodRunner {
  readonly containers: ReadonlyMap<string, Container>;
  readonly #dependencies: PodDependencies;
  readonly #startTime: string;
  readonly #changedAt = new Map<string, { status: string; at: string }>();
  #pod: Pod;
  #address: string;
  #bound = false;
  #released = false;
  #leaving = false;

  constructor(pod: Pod, dependencies: PodDependencies) {
    this.#pod = pod;
    this.#dependencies = dependencies;
    this.#address = dependencies.addresses.take(pod.status?.podIP);
    this.#startTime = pod.status?.startTime ?? now();
    for (const { type, status, lastTransitionTime } of pod.status?.conditions ?? [])
      if (lastTransitionTime !== undefined) this.#changedAt.set(type, { status, at: lastTransitionTime });
    const host = {
      pod: () => this.#pod,
      facts: () => ({ podIP: this.#address, hostIP }),
      read: dependencies.read,
      mount: (container: ContainerSpec) => dependencies.mount(container, this.#pod),
      bind: (process: Process) => this.#bind(process),
      onChange: dependencies.onChange,
      event: dependencies.event,
    };
    const before = new Map(pod.status?.containerStatuses?.map((status) => [status.name, status]));
    this.containers = new Map(
      pod.spec.containers.map((spec) => [spec.name, new Container(spec, host, before.get(spec.name))]),
    );
  }

  get pod(): Pod {
    return this.#pod;
  }

  start(): void {
    for (const container of this.containers.values()) void container.start();
  }

  /** Takes the object as it is now in the API, which may say that the pod has to go. */
  update(pod: Pod): void {
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp !== undefined && !this.#leaving) void this.#leave();
    else if (this.#isOvertaken(pod.status)) this.#dependencies.onChange();
  }

  /** Ends it on the spot: its object is gone. */
  kill(): void {
    this.#leaving = true;
    for (const container of this.containers.values()) container.kill();
    this.#release();
  }

  /** Ends it without a word to the API, for a node that stops: the next one takes it up again. */
  async stop(graceMs: number): Promise<void> {
    this.#leaving = true;
    await Promise.all([...this.containers.values()].map((container) => container.stop(graceMs)));
  }

  status(): PodStatus {
    const containerStatuses = [...this.containers.values()].map((container) => container.status());
    const phase = this.#phase();
    const isDone = phase === "Succeeded" || phase === "Failed";
    const ready = !isDone && containerStatuses.every((container) => container.ready);
    const why = isDone ? "PodCompleted" : "ContainersNotReady";
    const unready = containerStatuses.filter((container) => !container.ready).map((container) => container.name);
    const more = ready ? {} : { reason: why, message: `containers with unready status: [${unready.join(" ")}]` };
    return {
      phase,
      ...(this.#bound && { podIP: this.#address, podIPs: [{ ip: this.#address }] }),
      hostIP,
      startTime: this.#startTime,
      conditions: [
        this.#condition("PodScheduled", true),
        this.#condition("Initialized", true),
        this.#condition("ContainersReady", ready, more),
        this.#condition("Ready", ready, more),
      ],
      containerStatuses,
    };
  }

  #phase(): PodPhase {
    const states = [...this.containers.values()].map((container) => container.state);
    if (states.every((state) => state.terminated !== undefined))
      return states.every((state) => state.terminated?.exitCode === 0) ? "Succeeded" : "Failed";
    const beginning = ["ContainerCreating", "CreateContainerConfigError", "RunContainerError"];
    return states.some((state) => beginning.includes(state.waiting?.reason ?? "")) ? "Pending" : "Running";
  }

  #condition(
    type: string,
    isTrue: boolean,
    more: { reason?: string; message?: string } = {},
  ): Omit<Condition, "reason"> {
    const status = isTrue ? ("True" as const) : ("False" as const);
    const before = this.#changedAt.get(type);
    const at = before?.status === status ? before.at : now();
    this.#changedAt.set(type, { status, at });
    return { type, status, lastTransitionTime: at, ...more };
  }

  /** Whether another hand wrote the status: a controller that took the node for dead, or a write that got lost. */
  #isOvertaken(theirs: PodStatus | undefined): boolean {
    const { phase, podIP, conditions } = this.status();
    const ready = (status: PodStatus["conditions"]): string | undefined =>
      status?.find((c) => c.type === "Ready")?.status;
    return theirs?.phase !== phase || theirs?.podIP !== podIP || ready(theirs?.conditions) !== ready(conditions);
  }

  /** The first container to bind settles the pod's address: another process may have it, which only binding shows. */
  async #bind(process: Process): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      try {
        await process.listen(this.#address);
        this.#bound = true;
        return;
      } catch (error) {
        const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
        if (!taken || this.#bound || tried === addressTries) throw error;
        const address = this.#dependencies.addresses.take();
        this.#dependencies.addresses.release(this.#address);
        this.#address = address;
      }
    }
  }

  async #leave(): Promise<void> {
    this.#leaving = true;
    const { deletionGracePeriodSeconds } = this.#pod.metadata;
    const graceMs = (deletionGracePeriodSeconds ?? this.#pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
    const began = Date.now();
    const containers = [...this.containers.values()];
    const served = containers.some((container) => container.ready);
    for (const container of containers) container.drain();
    this.#dependencies.onChange();
    this.#dependencies.event("Normal", "Killing", "Stopping the pod's containers");
    if (served) await sleep(Math.min(drainMs, graceMs));
    const left = Math.max(0, graceMs - (Date.now() - began));
    await Promise.all(containers.map((container) => container.stop(left)));
    this.#release();
    this.#dependencies.onGone();
  }

  /** Once only: after that the address may be another pod's. */
  #release(): void {
    if (!this.#released) this.#dependencies.addresses.release(this.#address);
    this.#released = true;
  }
}
