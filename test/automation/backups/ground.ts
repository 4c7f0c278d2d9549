import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { filesBackups } from "../../../automation/backups/files.ts";
import type { BackupProvider, Holding } from "../../../automation/backups/provider.ts";

export const of: Holding = { environment: "staging", tenant: "acme", namespace: "staging-acme", claim: "data" };
export const never = new AbortController().signal;

/** A volume and a place for its backups, in a directory of their own. */
export class Ground {
  readonly root: string;
  readonly volume: string;
  readonly backups: string;
  readonly provider: BackupProvider;

  private constructor(root: string) {
    this.root = root;
    this.volume = join(root, "volumes", of.namespace, of.claim);
    this.backups = join(root, "backups");
    this.provider = filesBackups({ volumes: join(root, "volumes"), backups: this.backups });
  }

  static async make(): Promise<Ground> {
    const ground = new Ground(await mkdtemp(join(tmpdir(), "teal-backups-")));
    await mkdir(ground.volume, { recursive: true, mode: 0o700 });
    return ground;
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }

  async write(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
    const at = join(this.volume, path);
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, content);
    await chmod(at, mode);
  }

  /** Makes or changes `notes.db`, in WAL mode. */
  notes(texts: readonly string[], version = 0): void {
    const database = new DatabaseSync(join(this.volume, "notes.db"), { timeout: 5000 });
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS notes (text TEXT)");
    for (const text of texts) database.prepare("INSERT INTO notes VALUES (?)").run(text);
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
  }

  readNotes(): unknown[] {
    const database = new DatabaseSync(join(this.volume, "notes.db"));
    const notes = database.prepare("SELECT text FROM notes").all();
    database.close();
    return notes.map((row) => row["text"]);
  }

  /** What is on the shelf and beside the volume, besides what should be. */
  async leftovers(): Promise<string[]> {
    const shelf = await readdir(join(this.backups, of.environment, of.tenant)).catch(() => []);
    const beside = await readdir(dirname(this.volume));
    return [...shelf, ...beside].filter((name) => name.startsWith("."));
  }
}

/** Every file and directory below `root`: mode and content. */
export async function contents(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(root, { recursive: true })).toSorted()) {
    const { mode } = await stat(join(root, name));
    const isFile = (await stat(join(root, name))).isFile();
    found[name] =
      `${(mode & 0o777).toString(8)} ${isFile ? (await readFile(join(root, name))).toString("base64") : "/"}`;
  }
  return found;
}
