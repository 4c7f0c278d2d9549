import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { TealError } from "../../model/errors.ts";

interface Batch {
  lines: string[];
  written: (() => void)[];
  done: PromiseWithResolvers<void>;
}

const smallestCompaction = 16 * 1024 * 1024;
const name = { snapshot: /^snapshot-(\d+)\.ndjson$/, journal: /^journal-(\d+)\.ndjson$/ };

/**
 * A durable log of JSON lines with snapshots: `snapshot-N.ndjson` holds everything up to the start of
 * `journal-N.ndjson`. Lines appended while a write is under way go to disk together (one fdatasync for all of them).
 */
export class Journal {
  readonly #directory: string;
  #number: number;
  #file: FileHandle;
  #bytes: number;
  #limit = smallestCompaction;
  #next: Batch | undefined;
  #current: Batch | undefined;
  #running: Promise<void> | undefined;
  #compacting: Promise<void> | undefined;
  #failure: TealError | undefined;

  private constructor(directory: string, number: number, file: FileHandle, bytes: number) {
    this.#directory = directory;
    this.#number = number;
    this.#file = file;
    this.#bytes = bytes;
  }

  /** Reads what is there, oldest line first, and opens the log for more. A half-written last line is cut off. */
  static async open(directory: string, read: (line: unknown) => void): Promise<Journal> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const files = await readdir(directory);
    const numbers = (pattern: RegExp): number[] =>
      files
        .flatMap((file) => pattern.exec(file)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b);
    const snapshot = numbers(name.snapshot).at(-1) ?? 0;
    if (snapshot > 0) await replay(join(directory, `snapshot-${snapshot}.ndjson`), read);
    const journals = numbers(name.journal).filter((number) => number >= snapshot);
    for (const number of journals) await replay(join(directory, `journal-${number}.ndjson`), read);
    const number = journals.at(-1) ?? snapshot;
    const file = await open(join(directory, `journal-${number}.ndjson`), "a", 0o600);
    const journal = new Journal(directory, number, file, (await file.stat()).size);
    await syncDirectory(directory);
    await journal.#removeBefore(snapshot);
    return journal;
  }

  /** Adds a line. `written` is called once it is on disk, in the order of the lines. */
  append(line: string, written: () => void): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#next === undefined) {
      this.#next = { lines: [], written: [], done: Promise.withResolvers() };
      // A failed write is told to everyone who waits; that nobody does is no error of its own.
      this.#next.done.promise.catch(() => undefined);
    }
    this.#next.lines.push(line, "\n");
    this.#next.written.push(written);
    this.#running ??= this.#run();
  }

  /** Resolves when every line appended so far is on disk. */
  async durable(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await (this.#next ?? this.#current)?.done.promise;
  }

  get wantsCompaction(): boolean {
    return this.#bytes > this.#limit && this.#compacting === undefined;
  }

  /** Starts a new journal file and writes what `state` gives then, the whole state, as its snapshot. */
  async compact(state: () => Iterable<string>): Promise<void> {
    this.#compacting ??= this.#compact(state).finally(() => (this.#compacting = undefined));
    await this.#compacting;
  }

  async close(): Promise<void> {
    await this.#compacting?.catch(() => undefined);
    await this.#running;
    await this.#file.close();
  }

  async #run(): Promise<void> {
    await setImmediate();
    while (this.#next !== undefined) {
      const batch = this.#next;
      this.#current = batch;
      this.#next = undefined;
      try {
        const bytes = Buffer.from(batch.lines.join(""));
        const file = this.#file;
        await writeAll(file, bytes);
        await file.datasync();
        this.#bytes += bytes.length;
      } catch (error) {
        this.#fail(error, batch);
        break;
      }
      for (const written of batch.written) written();
      batch.done.resolve();
    }
    this.#current = undefined;
    this.#running = undefined;
  }

  /** Memory is ahead of the disk now and nothing may be acknowledged any more: every later call fails. */
  #fail(cause: unknown, batch: Batch): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `Expected to write the sandbox's state to ${this.#directory}, got: ${why}. Make room or set its rights, then start again.`;
    this.#failure = new TealError("sandbox_disk", message, { cause });
    batch.done.reject(this.#failure);
    this.#next?.done.reject(this.#failure);
    this.#next = undefined;
  }

  async #compact(state: () => Iterable<string>): Promise<void> {
    const number = this.#number + 1;
    const next = await open(join(this.#directory, `journal-${number}.ndjson`), "a", 0o600);
    const previous = this.#file;
    this.#file = next;
    this.#number = number;
    this.#bytes = 0;
    // Taken in the same turn as the change of files: the state holds all that the previous journal does.
    const lines = state();
    await this.#current?.done.promise;
    await previous.close();
    const path = join(this.#directory, `snapshot-${number}.ndjson`);
    const size = await writeLines(`${path}.tmp`, lines);
    await rename(`${path}.tmp`, path);
    await syncDirectory(this.#directory);
    this.#limit = Math.max(smallestCompaction, 2 * size);
    await this.#removeBefore(number);
  }

  async #removeBefore(number: number): Promise<void> {
    for (const file of await readdir(this.#directory)) {
      const found = name.snapshot.exec(file) ?? name.journal.exec(file);
      if (file.endsWith(".tmp") || (found !== null && Number(found[1]) < number)) await rm(join(this.#directory, file));
    }
  }
}

async function replay(path: string, read: (line: unknown) => void): Promise<void> {
  const bytes = await readFile(path);
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    const line = end < 0 ? undefined : parsed(bytes.toString("utf8", start, end));
    if (line === undefined) return cutAt(path, bytes, start);
    read(line);
    start = end + 1;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // Half a line: the caller cuts it off.
  }
}

/** What was never acknowledged may be half there after a power cut; it is kept aside for a person to look at. */
async function cutAt(path: string, bytes: Buffer, start: number): Promise<void> {
  await writeFile(`${path}.cut`, bytes.subarray(start), { mode: 0o600 });
  const file = await open(path, "r+");
  await file.truncate(start);
  await file.sync();
  await file.close();
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

async function writeLines(path: string, lines: Iterable<string>): Promise<number> {
  const file = await open(path, "w", 0o600);
  let size = 0;
  let chunk: string[] = [];
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(chunk.join(""));
    chunk = [];
    size += bytes.length;
    await writeAll(file, bytes);
  };
  for (const line of lines) {
    chunk.push(line, "\n");
    if (chunk.length >= 256) await flush();
  }
  await flush();
  await file.sync();
  await file.close();
  return size;
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  await directory.sync();
  await directory.close();
}
