/** Takes a scenario's stacks through steps, by the Automation API. */
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  LocalWorkspace,
  type ConfigMap,
  type ConfigValue,
  type EngineEvent,
  type PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import type { Cluster } from "./cluster.ts";
import type { Happened } from "./record.ts";
import type { Around, Scenario, Step } from "./scenario.ts";

/** A step as it went, and what it threw. */
export interface Went extends Happened {
  readonly error: string | undefined;
}

export class Stacks {
  readonly #name: string;
  readonly #scenario: Scenario;
  readonly #command: PulumiCommand | undefined;
  readonly #cluster: Cluster | undefined;
  readonly #home: string;
  readonly #stacks = new Map<string, Stack>();
  #args: object = {};

  private constructor(name: string, scenario: Scenario, home: string, command?: PulumiCommand, cluster?: Cluster) {
    this.#name = name;
    this.#scenario = scenario;
    this.#home = home;
    this.#command = command;
    this.#cluster = cluster;
  }

  /** `command` is what runs the operations; the Pulumi CLI on PATH if it is undefined. */
  static async open(name: string, scenario: Scenario, command?: PulumiCommand, cluster?: Cluster): Promise<Stacks> {
    const home = await mkdtemp(join(tmpdir(), `teal-conformance-${name}-`));
    await mkdir(join(home, "state"));
    return new Stacks(name, scenario, home, command, cluster);
  }

  async close(): Promise<void> {
    await rm(this.#home, { recursive: true, force: true });
  }

  async run(step: Step<never>): Promise<Went> {
    const stack = await this.#stack(step.stack ?? this.#name);
    if (step.config) await stack.setAllConfig(this.#config(step.config));
    this.#args = step.args ?? {};
    const { target: names, ...given } = step.options ?? {};
    const target = await urnsOf(stack, names);
    if (this.#cluster) await step.before?.(this.#cluster);

    const events: EngineEvent[] = [];
    const options = { ...given, ...(target && { target }), onEvent: (event: EngineEvent) => events.push(event) };
    const running = Promise.allSettled([stack[step.op](options), this.#cluster && step.during?.(this.#cluster)]);
    const [ended, meanwhile] = await running;
    if (meanwhile.status === "rejected") throw meanwhile.reason;
    return {
      op: step.op,
      failed: ended.status === "rejected",
      error: ended.status === "rejected" ? String((ended.reason as Error).message) : undefined,
      events,
      deployment: await stack.exportStack(),
      outputs: await stack.outputs(),
    };
  }

  /** Files of the state's directory that hold one of the scenario's hidden texts, as it is or in base64. */
  async betraying(): Promise<string[]> {
    const texts = (this.#scenario.hidden ?? []).flatMap((text) => [text, Buffer.from(text).toString("base64")]);
    const files = await readdir(join(this.#home, "state"), { recursive: true, withFileTypes: true });
    const found: string[] = [];
    for (const file of files.filter((entry) => entry.isFile())) {
      const content = await readFile(join(file.parentPath, file.name), "utf8");
      if (texts.some((text) => content.includes(text))) found.push(file.name);
    }
    return found;
  }

  #config(config: NonNullable<Step<never>["config"]>): ConfigMap {
    const filled = Object.entries(config).map(([key, entry]): [string, ConfigValue] => {
      const value = entry.value === "$KUBECONFIG" ? (this.#cluster?.kubeconfig ?? "") : entry.value;
      return [key, { ...entry, value }];
    });
    return Object.fromEntries(filled);
  }

  async #stack(name: string): Promise<Stack> {
    const known = this.#stacks.get(name);
    if (known) return known;
    const workDir = join(this.#home, name);
    await mkdir(workDir);
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: name, projectName: "conf", program: () => this.#program(name) },
      {
        pulumiCommand: this.#command,
        workDir,
        projectSettings: {
          name: "conf",
          runtime: "nodejs",
          backend: { url: `file://${join(this.#home, "state")}` },
        },
        envVars: { PULUMI_CONFIG_PASSPHRASE: "golden", PULUMI_SKIP_UPDATE_CHECK: "1" },
      },
    );
    this.#stacks.set(name, stack);
    return stack;
  }

  async #program(stack: string): Promise<Record<string, unknown>> {
    const cluster = this.#cluster;
    // Scenarios without a cluster need not wait until this large package is loaded.
    const kubernetes = cluster && (await import("@pulumi/kubernetes"));
    let provider: InstanceType<(typeof import("@pulumi/kubernetes"))["Provider"]> | undefined;
    const around: Around = {
      stack,
      namespace: cluster?.namespace ?? "",
      kubeconfig: cluster?.kubeconfig ?? "",
      provider: () => {
        if (!cluster || !kubernetes) throw new Error("a scenario without a cluster asked for its provider");
        return (provider ??= new kubernetes.Provider("cluster", { kubeconfig: cluster.kubeconfig }));
      },
    };
    return this.#scenario.program(this.#args as never, around);
  }
}

async function urnsOf(stack: Stack, names: readonly string[] | undefined): Promise<string[] | undefined> {
  if (!names) return undefined;
  const { deployment } = (await stack.exportStack()) as { deployment: { resources?: { urn: string }[] } };
  const urns = (deployment.resources ?? []).map(({ urn }) => urn);
  return names.map((name) => urns.find((urn) => urn.endsWith(`::${name}`)) ?? name);
}
