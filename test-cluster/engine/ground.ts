import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeConfig, KubernetesObjectApi, PatchStrategy, type V1ConfigMap } from "@kubernetes/client-node";
import { Provider, type ProviderArgs } from "@pulumi/kubernetes/provider.js";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { errors, open, operations } from "../../test/engine/stacks.ts";
import { makeCluster, type TestCluster } from "../ground.ts";

export interface Ran {
  readonly operations: string[];
  readonly errors: string[];
  readonly failed: boolean;
  readonly events: readonly EngineEvent[];
}

type Program = (provider: Provider) => unknown;

/** A resource as state has it. */
export interface Kept {
  readonly urn: string;
  readonly id: string;
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly initErrors?: string[];
}

/** A stack whose program changes from step to step, on a provider named `cluster`. */
export class Subject {
  readonly #ground: EngineGround;
  readonly #stack: Stack;
  readonly #use: (program: () => Promise<unknown>) => void;
  args: ProviderArgs = {};

  constructor(ground: EngineGround, stack: Stack, use: (program: () => Promise<unknown>) => void) {
    this.#ground = ground;
    this.#stack = stack;
    this.#use = use;
  }

  async run(op: "preview" | "up" | "refresh" | "destroy", program?: Program): Promise<Ran> {
    const events: EngineEvent[] = [];
    if (program)
      this.#use(async () => {
        const outputs = await program(new Provider("cluster", { kubeconfig: this.#ground.kubeconfig, ...this.args }));
        return (outputs ?? {}) as Record<string, unknown>;
      });
    let failed = false;
    try {
      await this.#stack[op]({ onEvent: (event: EngineEvent) => void events.push(event) });
    } catch {
      failed = true;
    }
    return { operations: operations(events), errors: errors(events).map(({ message }) => message), failed, events };
  }

  /** An update that must work. */
  async up(program: Program): Promise<string[]> {
    const ran = await this.run("up", program);
    assert.equal(ran.failed, false, ran.errors.join("\n"));
    return ran.operations;
  }

  async destroy(): Promise<void> {
    const ran = await this.run("destroy");
    assert.equal(ran.failed, false, ran.errors.join("\n"));
  }

  async kept(name: string): Promise<Kept> {
    const { deployment } = await this.#stack.exportStack();
    const { resources } = deployment as { resources: Kept[] };
    const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
    assert.ok(found, `${name} in state`);
    return found;
  }
}

/** A cluster for one suite, and stacks on it. */
export class EngineGround {
  readonly cluster: TestCluster;
  readonly kubeconfig: string;
  readonly home: string;
  readonly objects: KubernetesObjectApi;

  private constructor(cluster: TestCluster, kubeconfig: string, home: string) {
    this.cluster = cluster;
    this.kubeconfig = kubeconfig;
    this.home = home;
    const config = new KubeConfig();
    config.loadFromString(kubeconfig);
    this.objects = KubernetesObjectApi.makeApiClient(config);
  }

  static async make(): Promise<EngineGround> {
    const cluster = await makeCluster();
    const kubeconfig = await readFile(cluster.kubeconfig, "utf8");
    return new EngineGround(cluster, kubeconfig, await mkdtemp(join(tmpdir(), "teal-engine-")));
  }

  async remove(): Promise<void> {
    await this.cluster.remove();
    await rm(this.home, { recursive: true, force: true });
  }

  async subject(stack: string): Promise<Subject> {
    let program: () => Promise<unknown> = () => Promise.resolve({});
    const opened = await open({ home: this.home, stack, program: () => program() as Promise<Record<string, unknown>> });
    return new Subject(this, opened, (next) => (program = next));
  }

  /** Server-side apply by somebody else. */
  async apply(object: object, fieldManager: string): Promise<void> {
    await this.objects.patch(object as never, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
  }

  /** A ConfigMap as it is. */
  async configMap(name: string, namespace = "default"): Promise<V1ConfigMap> {
    return this.objects.read({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace } });
  }
}
