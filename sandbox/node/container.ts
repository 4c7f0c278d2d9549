import { randomUUID } from "node:crypto";
import { TealError } from "../../model/errors.ts";
import { messageOf } from "../kubernetes/failure.ts";
import {
  portNumber,
  type ContainerSpec,
  type ContainerState,
  type ContainerStatus,
  type Pod,
  type ProbeSpec,
} from "../kubernetes/pods.ts";
import { environmentOf, expand, type PodFacts, type ReadTexts } from "./environment.ts";
import { ContainerLog } from "./logs.ts";
import { onThisMachine, type Mount } from "./mounts.ts";
import { Probe } from "./probe.ts";
import { Process } from "./process.ts";

/** What a container needs of its pod. */
export interface ContainerHost {
  pod: () => Pod;
  facts: () => PodFacts;
  read: ReadTexts;
  mount: (container: ContainerSpec) => Promise<Mount[]>;
  /** Binds the process's ports at the pod's address. */
  bind: (process: Process) => Promise<void>;
  onChange: () => void;
  event: (type: "Normal" | "Warning", reason: string, message: string) => void;
}

const firstBackOffSeconds = 1;
const longestBackOffSeconds = 30;
/** A container that has run for this long begins with the shortest back-off again. */
const soundAfterMs = 60_000;
const configRetryMs = 1000;

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** One container's life: created, probed, restarted when it ends, stopped. Its state is in the API's own words. */
export class Container {
  readonly log = new ContainerLog();
  readonly #spec: ContainerSpec;
  readonly #host: ContainerHost;
  #state: ContainerState = { waiting: { reason: "ContainerCreating" } };
  #lastState: ContainerState;
  #restarts: number;
  #id: string | undefined;
  #ready = false;
  #started = false;
  #startedMs = 0;
  #backOffSeconds = 0;
  #process: Process | undefined;
  #probes: Probe[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param before what the API has of it from before the node started, for its count of restarts */
  constructor(spec: ContainerSpec, host: ContainerHost, before: ContainerStatus | undefined) {
    this.#spec = spec;
    this.#host = host;
    this.#restarts = before?.restartCount ?? 0;
    this.#lastState = before?.lastState ?? {};
  }

  get state(): ContainerState {
    return this.#state;
  }

  get ready(): boolean {
    return this.#ready;
  }

  status(): ContainerStatus {
    return {
      name: this.#spec.name,
      image: this.#spec.image,
      imageID: this.#id === undefined ? "" : this.#spec.image,
      ...(this.#id !== undefined && { containerID: this.#id }),
      ready: this.#ready,
      started: this.#started,
      restartCount: this.#restarts,
      state: this.#state,
      lastState: this.#lastState,
    };
  }

  async start(): Promise<void> {
    try {
      const process = await this.#create();
      if (this.#stopped) return;
      await this.#host.bind(process);
      this.#process = process;
      if (this.#stopped) process.kill();
      else this.#run(process);
    } catch (error) {
      if (!this.#stopped) this.#startLater(error);
    }
  }

  /** Not ready from here on, but still serving. */
  drain(): void {
    for (const probe of this.#probes) probe.stop();
    this.#ready = false;
    this.#process?.drain();
  }

  async stop(graceMs: number): Promise<void> {
    this.#leave();
    await this.#process?.stop(graceMs);
  }

  kill(): void {
    this.#leave();
    this.#process?.kill();
  }

  async #create(): Promise<Process> {
    const mounts = await this.#host.mount(this.#spec);
    const inside = await environmentOf(this.#spec, this.#host.pod(), this.#host.facts(), this.#host.read);
    const env = onThisMachine(inside, mounts);
    const probed = [this.#spec.readinessProbe, this.#spec.livenessProbe, this.#spec.startupProbe];
    const ports = new Set([
      ...(this.#spec.ports ?? []).map((port) => port.containerPort),
      ...probed.map((p) => this.#port(p)),
    ]);
    return new Process({
      image: this.#spec.image,
      env,
      words: [...(this.#spec.command ?? []), ...(this.#spec.args ?? [])].map((word) => expand(word, env)),
      runsToCompletion: (this.#host.pod().spec.restartPolicy ?? "Always") !== "Always",
      ports: [...ports].filter((port) => port !== undefined),
      log: (line) => this.log.write(line),
      onExit: (code) => this.#ended(code),
    });
  }

  /** What it lacks may come yet: the kubelet tries again too. */
  #startLater(error: unknown): void {
    const code = error instanceof TealError ? error.code : "run";
    if (code === "volume_mount") this.#host.event("Warning", "FailedMount", messageOf(error));
    if (code === "container_config" || code === "run") {
      const reason = code === "run" ? "RunContainerError" : "CreateContainerConfigError";
      const isNew = this.#state.waiting?.reason !== reason;
      this.#state = { waiting: { reason, message: messageOf(error) } };
      if (isNew) this.#host.event("Warning", "Failed", `Error: ${messageOf(error)}`);
      this.#host.onChange();
    }
    this.#timer = setTimeout(() => void this.start(), configRetryMs);
  }

  #run(process: Process): void {
    this.#id = `sandbox://${randomUUID()}`;
    this.#startedMs = Date.now();
    this.#state = { running: { startedAt: now() } };
    process.run();
    this.#host.event("Normal", "Pulled", `Container image "${this.#spec.image}" already present on machine`);
    this.#host.event("Normal", "Started", `Started container ${this.#spec.name}`);
    if (this.#spec.startupProbe === undefined) this.#hasStarted();
    else
      this.#probe("Startup", this.#spec.startupProbe, (passing) =>
        passing ? this.#hasStarted() : this.#unsound("startup"),
      );
    this.#host.onChange();
  }

  #hasStarted(): void {
    if (this.#started) return;
    this.#started = true;
    const { readinessProbe, livenessProbe } = this.#spec;
    if (readinessProbe === undefined) this.#setReady(true);
    else this.#probe("Readiness", readinessProbe, (passing) => this.#setReady(passing));
    if (livenessProbe !== undefined)
      this.#probe("Liveness", livenessProbe, (passing) => passing || this.#unsound("liveness"));
  }

  #probe(name: string, spec: ProbeSpec, onResult: (passing: boolean) => void): void {
    const port = this.#port(spec);
    // Nothing else of a container is there to look at: what runs here passes a command's or a socket's probe.
    if (port === undefined) return onResult(true);
    const probe = new Probe(
      spec,
      { host: this.#host.facts().podIP, port },
      {
        onResult,
        onFailure: (message) => this.#host.event("Warning", "Unhealthy", `${name} probe failed: ${message}`),
      },
    );
    this.#probes.push(probe);
    probe.start();
  }

  #port(probe: ProbeSpec | undefined): number | undefined {
    return probe?.httpGet === undefined ? undefined : portNumber([this.#spec], probe.httpGet.port);
  }

  #setReady(ready: boolean): void {
    if (ready === this.#ready) return;
    this.#ready = ready;
    this.#host.onChange();
  }

  #unsound(probe: string): void {
    this.#host.event("Normal", "Killing", `Container ${this.#spec.name} failed ${probe} probe, will be restarted`);
    this.#process?.kill();
    this.#ended(137);
  }

  #ended(exitCode: number): void {
    for (const probe of this.#probes.splice(0)) probe.stop();
    if (this.#stopped || this.#state.running === undefined) return;
    this.#process = undefined;
    this.#ready = this.#started = false;
    const [message] = this.log.tail(1);
    const terminated = {
      exitCode,
      reason: exitCode === 0 ? "Completed" : "Error",
      ...(exitCode !== 0 && message !== undefined && { message }),
      startedAt: this.#state.running.startedAt,
      finishedAt: now(),
    };
    this.#state = { terminated };
    const policy = this.#host.pod().spec.restartPolicy ?? "Always";
    if (policy === "Always" || (policy === "OnFailure" && exitCode !== 0)) this.#restartLater({ terminated });
    this.#host.onChange();
  }

  #restartLater(ended: ContainerState): void {
    if (Date.now() - this.#startedMs > soundAfterMs) this.#backOffSeconds = 0;
    this.#backOffSeconds = Math.min(this.#backOffSeconds * 2 || firstBackOffSeconds, longestBackOffSeconds);
    const { name } = this.#spec;
    const pod = this.#host.pod().metadata;
    const message = `back-off ${this.#backOffSeconds}s restarting failed container=${name} pod=${pod.name}_${pod.namespace}`;
    this.#lastState = ended;
    this.#state = { waiting: { reason: "CrashLoopBackOff", message } };
    this.#host.event("Warning", "BackOff", `Back-off restarting failed container ${name} in pod ${pod.name}`);
    this.#timer = setTimeout(() => {
      this.#restarts += 1;
      this.log.rotate();
      void this.start();
    }, this.#backOffSeconds * 1000);
  }

  #leave(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.drain();
  }
}
