/**
 * An engine in a process of its own, to be killed: `node killChild.ts <home> <program> <arguments of the command>`. Its
 * world is the parent's: it asks for every deed by a message, and dies without the answer when it is killed.
 */
import { createPulumiCommand } from "../../../engine/command.ts";
import { packages } from "../../../engine/providers/packages.ts";
import { env, type Command } from "./bed.ts";
import { startLanguageHost } from "./languageHost.ts";
import { memoryPackage, packageName, type WorldAccess } from "./memoryPackage.ts";
import type { Program } from "./program.ts";

const [home, program, ...args] = process.argv.slice(2);
const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
let asked = 0;

process.on("message", ({ number, value, error }: { number: number; value: never; error?: string }) => {
  const { resolve, reject } = waiting.get(number)!;
  waiting.delete(number);
  if (error === undefined) resolve(value);
  else reject(new Error(error));
});

function ask<T>(method: string, parameters: readonly unknown[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const number = ++asked;
    waiting.set(number, { resolve, reject });
    process.send!({ number, method, parameters });
  });
}

const world: WorldAccess = {
  create: (...parameters) => ask("create", parameters),
  update: (...parameters) => ask("update", parameters),
  delete: (...parameters) => ask("delete", parameters),
  read: (...parameters) => ask("read", parameters),
  begins: () => Promise.resolve("go on"),
};

const memory = () => Promise.resolve(memoryPackage(world));
const command = (await createPulumiCommand({ packages: { ...packages, [packageName]: memory } })) as unknown as Command;
const host = await startLanguageHost();
host.program = JSON.parse(program!) as Program;
await command.run([...args, `--client=${host.address}`, "--stack", "dev"], home!, env, () => undefined);
host.close();
process.disconnect();
