/** A stack of its own on an engine of its own, with a world that can be made to fail and an engine that can be made to die. */
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createPulumiCommand } from "../../../engine/command.ts";
import { packages } from "../../../engine/providers/packages.ts";
import type { ProviderPackage } from "../../../engine/providers/provider.ts";
import { newSalt } from "../../../engine/secrets/passphrase.ts";
import { readCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { startLanguageHost, type LanguageHost } from "./languageHost.ts";
import { currentLife, Life, type Ending } from "./life.ts";
import { memoryPackage, packageName, type Call, type WorldAccess } from "./memoryPackage.ts";
import { World } from "./world.ts";

/** The Automation API's own call of a command. */
export interface Command {
  run(
    args: readonly string[],
    cwd: string,
    env: Record<string, string>,
    onOutput: (text: string) => void,
  ): Promise<unknown>;
}

/** What goes wrong in one run of the engine. */
export type Trouble =
  | { readonly kind: "none" }
  /** The nth call of this kind fails, from 1. */
  | { readonly kind: "fail"; readonly call: Call; readonly nth: number }
  /** The nth object made or changed does not become ready. */
  | { readonly kind: "unready"; readonly nth: number }
  /** The engine dies at the nth point at which it touches the world, or the world or the disk. */
  | { readonly kind: "crash"; readonly touch: "any" | "world"; readonly point: number }
  /** The engine dies before the first thing it does of which these words are true. */
  | { readonly kind: "crashBefore"; readonly what: RegExp };

export type End =
  | { readonly how: "succeeded" }
  | { readonly how: "failed"; readonly message: string; readonly injected: boolean }
  | { readonly how: "crashed"; readonly before: string };

export const env = { PULUMI_CONFIG_PASSPHRASE: "test" };

export class Bed {
  readonly home: string;
  readonly host: LanguageHost;
  world = new World();
  readonly #command: Command;
  /** One for all stacks: deriving a key takes long, and it is kept by salt. */
  readonly #salt: string;
  #trouble: Trouble = { kind: "none" };
  #counts = new Map<string, number>();
  #injected = false;

  private constructor(home: string, host: LanguageHost, command: Command, salt: string) {
    this.home = home;
    this.host = host;
    this.#command = command;
    this.#salt = salt;
  }

  static async open(home: string): Promise<Bed> {
    const memory = (): Promise<ProviderPackage> => Promise.resolve(memoryPackage(bed.#access()));
    const made = await createPulumiCommand({ packages: { ...packages, [packageName]: memory } });
    const command = made as unknown as Command;
    const bed = new Bed(home, await startLanguageHost(), command, await newSalt(env.PULUMI_CONFIG_PASSPHRASE));
    return bed;
  }

  /** An empty stack and an empty world. */
  async reset(): Promise<void> {
    this.world = new World();
    await rm(this.home, { recursive: true, force: true });
    await mkdir(this.home, { recursive: true });
    const project = { name: "app", runtime: "nodejs", backend: { url: `file://${this.home}` } };
    await writeFile(join(this.home, "Pulumi.yaml"), JSON.stringify(project));
    await writeFile(join(this.home, "Pulumi.dev.yaml"), `encryptionsalt: ${this.#salt}\n`);
    assert.deepEqual(await this.run(["stack", "init"]), { how: "succeeded" });
  }

  close(): void {
    this.host.close();
  }

  get checkpointPath(): string {
    return join(this.home, ".pulumi/stacks/app/dev.json");
  }

  checkpoint(): Promise<Checkpoint> {
    return readCheckpoint(this.checkpointPath);
  }

  async newestHistory(): Promise<
    { name: string; entry: { kind: string; result: string }; checkpoint: string } | undefined
  > {
    const directory = join(this.home, ".pulumi/history/app/dev");
    const names = await readdir(directory).catch(() => [] as string[]);
    const name = names
      .filter((each) => each.endsWith(".history.json"))
      .sort()
      .at(-1);
    if (!name) return undefined;
    const [entry, checkpoint] = await Promise.all(
      // A crash between the two leaves the entry alone.
      [name, name.replace(".history.", ".checkpoint.")].map((each) =>
        readFile(join(directory, each), "utf8").catch(() => ""),
      ),
    );
    return { name, entry: JSON.parse(entry!) as { kind: string; result: string }, checkpoint: checkpoint! };
  }

  /** Runs a command of the engine to its end, which may be the engine's. */
  async run(args: readonly string[], trouble: Trouble = { kind: "none" }): Promise<End> {
    const life = new Life(endingOf(trouble));
    this.#trouble = trouble;
    this.#counts = new Map();
    this.#injected = false;
    const deeds = this.world.deeds.length;
    let failure: Error | undefined;
    const ended = await life.live(async () => {
      try {
        await this.#command.run([...args, "--stack", "dev"], this.home, env, () => undefined);
      } catch (error) {
        failure = error as Error;
      }
    });
    if (ended === "crashed") {
      this.host.abandon();
      for (const { what, id } of this.world.deeds.slice(deeds)) if (what === "delete") this.world.ghosts.add(id);
      return { how: "crashed", before: life.last };
    }
    return failure ? { how: "failed", message: failure.message, injected: this.#injected } : { how: "succeeded" };
  }

  #access(): WorldAccess {
    const act = async <T>(what: string, work: () => T) => {
      const life = currentLife();
      await life.reach("world", what);
      const result = work();
      // The world has changed, and the engine may die before it learns of it.
      await life.reach("world", `the answer to ${what}`);
      return result;
    };
    return {
      create: (urn, id, inputs, adopt) => act(`create ${id}`, () => this.world.create(urn, id, inputs, adopt)),
      update: (urn, id, inputs) => act(`update ${id}`, () => this.world.update(urn, id, inputs)),
      delete: (urn, id) => act(`delete ${id}`, () => this.world.delete(urn, id)),
      read: (id) => act(`read ${id}`, () => this.world.objects.get(id)),
      begins: async (call, urn) => {
        await currentLife().reach("world", `call ${call} ${urn}`);
        return this.#strike(call);
      },
    };
  }

  #strike(call: Call): "go on" | "unready" {
    const trouble = this.#trouble;
    const kind = trouble.kind === "unready" && (call === "create" || call === "update") ? "made" : call;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const strikes =
      (trouble.kind === "unready" && kind === "made" && trouble.nth === count) ||
      (trouble.kind === "fail" && trouble.call === call && trouble.nth === count);
    if (!strikes) return "go on";
    this.#injected = true;
    if (trouble.kind === "unready") return "unready";
    throw new Error(`injected: ${call} fails`);
  }
}

function endingOf(trouble: Trouble): Ending {
  if (trouble.kind === "crashBefore") return (_touch, what) => trouble.what.test(what);
  if (trouble.kind !== "crash") return () => false;
  let points = 0;
  return (touch) => (trouble.touch === "any" || trouble.touch === touch) && ++points === trouble.point;
}
