import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { TealError } from "../model/errors.ts";
import type { PostgresUser } from "./postgresUser.ts";

interface Cluster {
  home: string;
  data: string;
  initdb: string;
  user: PostgresUser | null;
}

/**
 * Makes the data directory once, whole or not at all, and gives the password of its only user, `teal`, which is kept
 * beside it with mode 0600. Throws `postgres_failed`.
 */
export async function createCluster({ home, data, initdb, user }: Cluster): Promise<string> {
  const file = join(home, "password");
  if (existsSync(data)) return readPassword(file, data);

  const password = randomBytes(24).toString("hex");
  const making = join(home, "data.new");
  rmSync(making, { recursive: true, force: true });
  rmSync(file, { force: true });
  mkdirSync(making, { mode: 0o700 });
  writeFileSync(file, password, { mode: 0o600, flush: true });
  if (user) [making, file].forEach((path) => chownSync(path, user.uid, user.gid));
  await runInitdb(initdb, making, file, user);
  renameSync(making, data);
  return password;
}

function readPassword(file: string, data: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    const message = `Expected the password of the PostgreSQL in ${data} in ${file}. Restore that file, or remove the data to begin anew.`;
    throw new TealError("postgres_failed", message, { cause });
  }
}

async function runInitdb(initdb: string, data: string, password: string, user: PostgresUser | null): Promise<void> {
  const args = ["-D", data, "--username=teal", `--pwfile=${password}`, "--auth=scram-sha-256", "--encoding=UTF8"];
  // PostgreSQL's own locale: the same order of text on every machine.
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const env = { PATH: process.env.PATH, LC_ALL: "C" };
  try {
    await promisify(execFile)(initdb, [...args, ...locale], { cwd: data, env, ...user });
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string };
    const why = stderr?.trim().split("\n").at(-1) || message;
    throw new TealError("postgres_failed", `PostgreSQL's data directory couldn't be made in ${data}: ${why}`, {
      cause,
    });
  }
}
