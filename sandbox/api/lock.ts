import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TealError } from "../../model/errors.ts";

/** Directories that servers in this process have. */
const held = new Set<string>();

/**
 * Makes this process the only one that works on a directory, until the function that it gives is called. What a killed
 * process left behind is taken over.
 *
 * @throws TealError `sandbox_running` when another one is at work there.
 */
export async function claim(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "api.pid");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const pid = Number(text.trim());
  if (pid === process.pid ? held.has(directory) : pid > 0 && (await isApiServer(pid))) {
    const message = `Expected to be the only API server on ${directory}, but process ${pid} is one. Stop it, then start again.`;
    throw new TealError("sandbox_running", message, { data: { pid } });
  }
  await writeFile(path, `${process.pid}\n`, { mode: 0o600 });
  held.add(directory);
  return async () => {
    held.delete(directory);
    await rm(path, { force: true });
  };
}

/** Whether a process is there and, where that can be known, is not another program that got the same number. */
async function isApiServer(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return command === undefined || /node|sandbox/.test(command);
}
