/**
 * The life of one engine in this process. It can end at any point at which it touches what outlives it, the disk or the
 * world: from then on all that it does there waits for ever, as if the process had been killed.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import fs from "node:fs/promises";
import grpc from "@grpc/grpc-js";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";

export type Touch = "world" | "disk";
/** Whether the life ends before what is about to be done; asked once at each point. */
export type Ending = (touch: Touch, what: string) => boolean;

const lives = new AsyncLocalStorage<Life>();

export class Life {
  readonly #ends: Ending;
  #busy = 0;
  #quiet: (() => void) | undefined;
  #over = false;
  readonly #died = Promise.withResolvers<"crashed">();
  readonly #servers: grpc.Server[] = [];
  /** The last point reached: what a crash came before. */
  last = "";

  constructor(ends: Ending) {
    this.#ends = ends;
  }

  /** What the engine does gives its result, or `crashed`. Nothing of it happens any more when this has settled. */
  async live<T>(work: () => Promise<T>): Promise<T | "crashed"> {
    const result = await Promise.race([lives.run(this, work), this.#died.promise]);
    if (!this.#over) return result;
    if (this.#busy > 0) await new Promise<void>((resolve) => (this.#quiet = resolve));
    for (const server of this.#servers) server.forceShutdown();
    return "crashed";
  }

  /** A point at which the life may end. */
  reach(touch: Touch, what: string): Promise<void> | void {
    if (!this.#over) {
      this.last = what;
      if (!this.#ends(touch, what)) return;
      this.#over = true;
      this.#died.resolve("crashed");
    }
    return new Promise<void>(() => undefined);
  }

  /** A change of the disk, which goes through once it has begun. */
  async change<T>(what: string, work: () => Promise<T>): Promise<T> {
    await this.reach("disk", what);
    this.#busy++;
    try {
      return await work();
    } finally {
      if (--this.#busy === 0) this.#quiet?.();
    }
  }

  owns(server: grpc.Server): void {
    this.#servers.push(server);
  }
}

/** The life that the caller is part of. */
export function currentLife(): Life {
  const life = lives.getStore();
  if (!life) throw new Error("expected to be called by an engine");
  return life;
}

/** Has every change of a file that an engine makes be a point of its life. What it gives undoes that. */
export function watchLives(): () => void {
  const { open, rename, link, rm, writeFile } = fs;
  const { bindAsync, addService } = grpc.Server.prototype;
  const watched =
    <Args extends unknown[], Result>(name: string, work: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      const life = lives.getStore();
      return life
        ? life.change(`${name} ${String(args[0]).split("/").slice(-2).join("/")}`, () => work(...args))
        : work(...args);
    };
  Object.assign(fs, {
    rename: watched("rename", rename),
    link: watched("link", link),
    rm: watched("rm", rm),
    writeFile: watched("writeFile", writeFile),
    open: (path: string, flags: string, mode?: number) =>
      flags === "r" ? open(path, flags) : watched("open", open)(path, flags, mode),
  });
  syncBuiltinESMExports();
  grpc.Server.prototype.bindAsync = function (...args) {
    lives.getStore()?.owns(this);
    bindAsync.apply(this, args);
  };
  // gRPC answers calls in no life at all.
  grpc.Server.prototype.addService = function (definition, implementation) {
    const life = lives.getStore();
    const bound = Object.entries(implementation).map(([name, handle]) => [
      name,
      (...args: unknown[]) => lives.run(life!, () => (handle as (...args: unknown[]) => unknown)(...args)),
    ]);
    const served = life ? (Object.fromEntries(bound) as UntypedServiceImplementation) : implementation;
    addService.call(this, definition, served);
  };
  return () => {
    Object.assign(fs, { open, rename, link, rm, writeFile });
    syncBuiltinESMExports();
    Object.assign(grpc.Server.prototype, { bindAsync, addService });
  };
}
