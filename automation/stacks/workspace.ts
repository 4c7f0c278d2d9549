import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { LocalWorkspace, Stack, type PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { project, type StackConfig } from "../../tenant/config.ts";
import { dataProject } from "../../tenant/data/config.ts";
import { tenantProgram } from "../../tenant/program.ts";
import { isStackMissing } from "./classify.ts";
import type { Encryption } from "./passphrase.ts";
import { stackSettings } from "./settings.ts";

/** A project, and the program of its stacks. */
export interface Program {
  project: string;
  run(): Promise<Record<string, unknown>>;
}

export const tenants: Program = { project, run: tenantProgram };
/** Loaded when it first runs: AWS's SDK is large, and most Teals never need it. */
export const tenantsData: Program = {
  project: dataProject,
  run: async () => (await import("../../tenant/data/program.ts")).tenantDataProgram(),
};

export interface WorkspaceSettings {
  /** Tenants' own unless given. */
  program?: Program;
  command: PulumiCommand;
  encryption: Encryption;
  backendUrl: string;
  passphrase: string;
  kubeconfig: string;
  directory: string;
  /** Where Pulumi keeps which stack is selected; its own default, where its plugins are, unless given. */
  pulumiHome?: string;
}

/** What the program asks before it says anything. */
interface Gate {
  permit: (() => Promise<void>) | undefined;
}

/** A directory with the project's settings, used for one stack after the other. */
export class Workspace {
  readonly #inner: LocalWorkspace;
  readonly #settings: WorkspaceSettings;
  readonly #gate: Gate;
  /** Stacks known to exist: selecting costs a command each. */
  readonly #stacks = new Map<string, Stack>();

  private constructor(inner: LocalWorkspace, settings: WorkspaceSettings, gate: Gate) {
    this.#inner = inner;
    this.#settings = settings;
    this.#gate = gate;
  }

  static async open(settings: WorkspaceSettings): Promise<Workspace> {
    await mkdir(settings.directory, { recursive: true, mode: 0o700 });
    const gate: Gate = { permit: undefined };
    const { program = tenants } = settings;
    const inner = await LocalWorkspace.create({
      workDir: settings.directory,
      pulumiCommand: settings.command,
      ...(settings.pulumiHome !== undefined && { pulumiHome: settings.pulumiHome }),
      program: async () => {
        await gate.permit?.();
        return program.run();
      },
      projectSettings: { name: program.project, runtime: "nodejs", backend: { url: settings.backendUrl } },
      envVars: {
        // The environment's own would win over the project's.
        PULUMI_BACKEND_URL: settings.backendUrl,
        PULUMI_CONFIG_PASSPHRASE: settings.passphrase,
        KUBECONFIG: settings.kubeconfig,
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    });
    return new Workspace(inner, settings, gate);
  }

  /** The stack, made where it is missing. */
  async createOrSelect(name: string): Promise<Stack> {
    return this.#remember(name, this.#stacks.get(name) ?? (await Stack.createOrSelect(name, this.#inner)));
  }

  /** The stack, or undefined where it is missing. */
  async select(name: string): Promise<Stack | undefined> {
    try {
      return this.#remember(name, this.#stacks.get(name) ?? (await Stack.select(name, this.#inner)));
    } catch (error) {
      if (isStackMissing(error)) return undefined;
      throw error;
    }
  }

  /** Names of all stacks of the project. */
  async list(): Promise<string[]> {
    return (await this.#inner.listStacks()).map(({ name }) => name.slice(name.lastIndexOf("/") + 1));
  }

  #remember(name: string, stack: Stack): Stack {
    this.#stacks.set(name, stack);
    return stack;
  }

  /** To be called when a stack that was known turns out to be gone. */
  forget(name: string): void {
    this.#stacks.delete(name);
  }

  /** Runs `action` with the stack's config written; the file is there for no longer. */
  async configured<T>(name: string, config: StackConfig, action: () => Promise<T>): Promise<T> {
    await this.#inner.saveStackSettings(name, stackSettings(config, this.#settings.encryption));
    try {
      return await action();
    } finally {
      await rm(join(this.#settings.directory, `Pulumi.${name}.yaml`), { force: true });
    }
  }

  /**
   * Runs an update that `permit` is asked about by the program: when the stack is locked and nothing has been done. Whoever is
   * granted it then is alone at the stack until the update ends. Throws what `permit` throws.
   */
  async guarded<T>(permit: () => Promise<void>, update: () => Promise<T>): Promise<T> {
    let refusal: { error: unknown } | undefined;
    this.#gate.permit = () =>
      permit().catch((error: unknown) => {
        refusal = { error };
        throw error;
      });
    try {
      return await update();
    } catch (error) {
      throw refusal ? refusal.error : error;
    } finally {
      this.#gate.permit = undefined;
    }
  }

  async remove(name: string): Promise<void> {
    await this.#inner.removeStack(name);
    this.forget(name);
  }

  /** A workspace of the same kind with a state of its own, which `rm` of its directory ends. */
  async scratch(directory: string): Promise<Workspace> {
    const state = join(directory, "state");
    await mkdir(state, { recursive: true, mode: 0o700 });
    return Workspace.open({ ...this.#settings, directory, backendUrl: `file://${state}` });
  }
}
