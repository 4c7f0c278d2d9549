import { isObject, textAt } from "./json.ts";
import { Journal } from "./journal.ts";
import { type KubeObject, keyOf } from "./object.ts";

/** One change of one object, told to subscribers once it is on disk. */
export interface Change {
  type: "ADDED" | "MODIFIED" | "DELETED";
  /** Key of the kind, as `resourceOf` gives it. */
  resource: string;
  object: KubeObject;
  /** The object before the change; absent when it was added. */
  previous?: KubeObject;
  revision: number;
}

interface Shelf {
  byNamespace: Map<string, Map<string, KubeObject>>;
  /** The latest changes, oldest first, for watches that take up where they left off. */
  history: Change[];
  /** A watch from before this revision would miss changes. */
  forgottenUpTo: number;
  listeners: Set<(change: Change) => void>;
}

const historyLength = 1000;

/** Every object of the cluster, in memory and on disk, with the changes since lately. */
export class Store {
  readonly #shelves = new Map<string, Shelf>();
  #journal!: Journal;
  #revision = 0;
  #snapshotRevision = 0;

  static async open(directory: string): Promise<Store> {
    const store = new Store();
    store.#journal = await Journal.open(directory, (line) => store.#replay(line));
    return store;
  }

  /** The resourceVersion of the latest change. It only ever rises. */
  get revision(): number {
    return this.#revision;
  }

  get(resource: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#shelf(resource)
      .byNamespace.get(namespace ?? "")
      ?.get(name);
  }

  /** Objects of a resource, of one namespace or of all, in the order of namespace and name. */
  list(resource: string, namespace?: string): KubeObject[] {
    const shelf = this.#shelf(resource);
    const spaces = namespace === undefined ? [...shelf.byNamespace.keys()].sort() : [namespace];
    return spaces.flatMap((space) => {
      const objects = [...(shelf.byNamespace.get(space)?.values() ?? [])];
      return objects.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    });
  }

  /** Creates or replaces an object, and gives it back with its new resourceVersion. */
  put(resource: string, object: KubeObject): KubeObject {
    const revision = this.#revision + 1;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    const line = JSON.stringify({ resource, object: stored });
    const change = this.#set(resource, stored, revision);
    this.#journal.append(line, () => this.#publish(change));
    return stored;
  }

  remove(resource: string, object: KubeObject): void {
    const revision = this.#revision + 1;
    const line = JSON.stringify({ resource, removed: keyOf(object), revision });
    const change = this.#unset(resource, object, revision);
    this.#journal.append(line, () => this.#publish(change));
  }

  /** Resolves when every change so far is on disk. Nothing may be told to a client before that. */
  async durable(): Promise<void> {
    await this.#journal.durable();
  }

  /** Calls `listener` for each change from now on. Gives the function that ends it. */
  subscribe(resource: string, listener: (change: Change) => void): () => void {
    const { listeners } = this.#shelf(resource);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Changes after `revision` that are on disk, oldest first; or the oldest revision that could be asked for. */
  since(resource: string, revision: number): Change[] | { oldest: number } {
    const { history, forgottenUpTo } = this.#shelf(resource);
    if (revision < forgottenUpTo) return { oldest: forgottenUpTo };
    return history.filter((change) => change.revision > revision);
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }

  #shelf(resource: string): Shelf {
    let shelf = this.#shelves.get(resource);
    if (shelf === undefined) {
      const forgottenUpTo = this.#snapshotRevision;
      shelf = { byNamespace: new Map(), history: [], forgottenUpTo, listeners: new Set() };
      this.#shelves.set(resource, shelf);
    }
    return shelf;
  }

  #set(resource: string, object: KubeObject, revision: number): Change {
    const { namespace = "", name } = object.metadata;
    const { byNamespace } = this.#shelf(resource);
    let space = byNamespace.get(namespace);
    if (space === undefined) byNamespace.set(namespace, (space = new Map()));
    const previous = space.get(name);
    space.set(name, object);
    this.#revision = revision;
    if (previous === undefined) return { type: "ADDED", resource, object, revision };
    return { type: "MODIFIED", resource, object, previous, revision };
  }

  #unset(resource: string, object: KubeObject, revision: number): Change {
    const { namespace = "", name } = object.metadata;
    const { byNamespace } = this.#shelf(resource);
    const space = byNamespace.get(namespace);
    space?.delete(name);
    if (space?.size === 0) byNamespace.delete(namespace);
    this.#revision = revision;
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    return { type: "DELETED", resource, object: last, previous: object, revision };
  }

  #publish(change: Change): void {
    this.#remember(change);
    for (const listener of this.#shelf(change.resource).listeners) tell(listener, change);
    if (this.#journal.wantsCompaction) {
      // A failed snapshot loses nothing: the journals before it stay, and the next change tries again.
      this.#journal.compact(() => this.#lines()).catch((error: unknown) => console.error("snapshot failed:", error));
    }
  }

  #remember(change: Change): void {
    const shelf = this.#shelf(change.resource);
    shelf.history.push(change);
    if (shelf.history.length < historyLength * 2) return;
    const dropped = shelf.history.splice(0, historyLength);
    shelf.forgottenUpTo = dropped.at(-1)?.revision ?? shelf.forgottenUpTo;
  }

  /** The state at this moment as lines; each is rendered when it is asked for. */
  #lines(): Iterable<string> {
    const revision = this.#revision;
    const objects = [...this.#shelves.keys()].map((resource) => [resource, this.list(resource)] as const);
    return (function* () {
      yield JSON.stringify({ snapshot: revision });
      for (const [resource, list] of objects) for (const kept of list) yield JSON.stringify({ resource, kept });
    })();
  }

  #replay(line: unknown): void {
    if (!isObject(line)) return;
    if (typeof line["snapshot"] === "number") {
      this.#snapshotRevision = this.#revision = line["snapshot"];
      return;
    }
    const resource = textAt(line["resource"]) ?? "";
    if (isObject(line["kept"])) {
      this.#set(resource, line["kept"] as KubeObject, this.#snapshotRevision);
    } else if (isObject(line["object"])) {
      const object = line["object"] as KubeObject;
      const revision = Number(object.metadata.resourceVersion);
      // A journal may begin with lines that its snapshot, taken at that moment, already has.
      if (revision > this.#snapshotRevision) this.#remember(this.#set(resource, object, revision));
    } else if (typeof line["removed"] === "string" && typeof line["revision"] === "number") {
      if (line["revision"] <= this.#snapshotRevision) return;
      const [namespace, name] = splitKey(line["removed"]);
      const object = this.get(resource, namespace, name);
      if (object !== undefined) this.#remember(this.#unset(resource, object, line["revision"]));
    }
  }
}

/** What one listener makes of a change is no reason for others not to hear of it. */
function tell(listener: (change: Change) => void, change: Change): void {
  try {
    listener(change);
  } catch (error) {
    console.error(`a listener failed on ${change.resource} ${keyOf(change.object)}:`, error);
  }
}

function splitKey(key: string): [string | undefined, string] {
  const slash = key.indexOf("/");
  return slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
}
