/** Where state lies: a directory, or a bucket of S3. Both hold the same files, under the same names. */

/** Paths are of the store's own kind: of files, or keys of objects. */
export interface Store {
  /** `undefined` where there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** Names of the files and directories right in a directory, sorted; none where it is missing. */
  names(directory: string): Promise<string[]>;
  /** Replaces the file as a whole, durably. What it held before gets the name `keepAs`. */
  write(path: string, text: string, options?: { readonly keepAs?: string }): Promise<void>;
  /** Gives what the file holds a second name, which may exist already; nothing to do where it is missing. */
  keep(path: string, as: string): Promise<void>;
  /** Files that are missing are none of its concern. */
  remove(paths: readonly string[]): Promise<void>;
  removeAll(directory: string): Promise<void>;
  /** Moves those files of a directory into another that `nameOf` has a name for. */
  moveAll(from: string, to: string, nameOf: (name: string) => string | undefined): Promise<void>;
  /** Takes the lock that lies in this directory, or throws `stack_locked` at once. */
  lock(directory: string): Promise<Lock>;
  /** The path as people know it. */
  show(path: string): string;
}

export interface Lock extends AsyncDisposable {
  /** Who held the stack before and has died, so that whatever they did was broken off: one line each. */
  readonly abandoned: readonly string[];
  /** Aborts once another may have the lock, with the error that says so. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}
