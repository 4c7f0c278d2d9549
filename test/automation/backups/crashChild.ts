import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/**
 * Calls the provider once, `node crashChild.ts <root> <take|restore|drill|prune> <n>`, and dies by SIGKILL before its n-th
 * call that changes or syncs something on disk. Prints `done` where it came to the end before that.
 */
const [root = "", action = "", at = ""] = process.argv.slice(2);
let left = Number(at);
const step = (): void => {
  left -= 1;
  if (left === 0) process.kill(process.pid, "SIGKILL");
};
const calls = ["mkdir", "rename", "rm", "chmod", "utimes", "open"] as const;
for (const name of calls) {
  const real = fs[name] as (...args: unknown[]) => Promise<unknown>;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      step();
      return real(...args);
    },
  });
}
syncBuiltinESMExports();

const { filesBackups } = await import("../../../automation/backups/files.ts");
const { of, never } = await import("./ground.ts");
const provider = filesBackups({ volumes: `${root}/volumes`, backups: `${root}/backups` });
if (action === "take") await provider.take(of, "b1", never);
else if (action === "restore") await provider.restore(of, "b1", never);
else if (action === "drill") await provider.drill(of, "b1", never);
else await provider.prune(of, "b1");
console.log("done");
