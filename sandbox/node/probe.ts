import http from "node:http";
import type { ProbeSpec } from "../kubernetes/pods.ts";

export interface ProbeTarget {
  host: string;
  port: number;
}

/** Told of every failure, and of a change of the result once a threshold is reached. */
export interface ProbeListener {
  onFailure: (message: string) => void;
  onResult: (passing: boolean) => void;
}

/** Kept alive: thousands of probes every few seconds would else spend their time on connections. */
const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 1 });

/** A timer that fires this much late tells of a process that was starved, not of a pod that took its time. */
const starvedMs = 100;

/** One HTTP GET as the kubelet makes it. Resolves to undefined when it passed, else to what was wrong. */
export function probeOnce(spec: ProbeSpec, { host, port }: ProbeTarget): Promise<string | undefined> {
  const timeout = (spec.timeoutSeconds ?? 1) * 1000;
  const headers: Record<string, string> = { "user-agent": "kube-probe/sandbox" };
  for (const { name, value } of spec.httpGet?.httpHeaders ?? []) headers[name] = value;
  return new Promise((resolve) => {
    const path = spec.httpGet?.path ?? "/";
    const request = http.get({ host, port, path, headers, agent }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      finish(status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`);
    });
    const finish = (problem: string | undefined): void => {
      clearTimeout(timer);
      resolve(problem);
    };
    const wait = (): NodeJS.Timeout => {
      const due = performance.now() + timeout;
      return setTimeout(() => {
        // The pod lives in this process too, and was starved with it: it gets its time again.
        if (performance.now() - due > starvedMs) timer = wait();
        else request.destroy(new Error(`no answer within ${timeout} ms`));
      }, timeout);
    };
    let timer = wait();
    request.on("error", (error) => finish(`Get "http://${host}:${port}${path}": ${error.message}`));
  });
}

/**
 * Probes again and again: first when `initialDelaySeconds` have passed (at once by default), then every
 * `periodSeconds`. The second one comes at a random time within the period, so that the probes of a thousand pods that
 * started together spread out.
 */
export class Probe {
  readonly #spec: ProbeSpec;
  readonly #target: ProbeTarget;
  readonly #listener: ProbeListener;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #passed = 0;
  #failed = 0;

  constructor(spec: ProbeSpec, target: ProbeTarget, listener: ProbeListener) {
    this.#spec = spec;
    this.#target = target;
    this.#listener = listener;
  }

  start(): void {
    const period = (this.#spec.periodSeconds ?? 10) * 1000;
    const delay = (this.#spec.initialDelaySeconds ?? 0) * 1000;
    const later = (ms: number, next: () => void): void => {
      if (!this.#stopped) this.#timer = setTimeout(() => void this.#probe().then(next), ms);
    };
    const regularly = (): void => later(period, regularly);
    // A first probe that failed is made again after a whole period, as the kubelet does.
    const second = (): void => later(this.#failed > 0 ? period : period * (0.5 + Math.random() / 2), regularly);
    if (delay > 0) later(delay, second);
    else void this.#probe().then(second);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #probe(): Promise<void> {
    const problem = await probeOnce(this.#spec, this.#target);
    if (this.#stopped) return;
    if (problem === undefined) {
      this.#failed = 0;
      this.#passed += 1;
      if (this.#passed === (this.#spec.successThreshold ?? 1)) this.#listener.onResult(true);
    } else {
      this.#passed = 0;
      this.#failed += 1;
      this.#listener.onFailure(problem);
      if (!this.#stopped && this.#failed === (this.#spec.failureThreshold ?? 3)) this.#listener.onResult(false);
    }
  }
}
