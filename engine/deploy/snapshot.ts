/** The stack's state while an operation goes on, and when it is written. */
import type { Deployment, OperationType, PendingOperation } from "../state/deployment.ts";
import type { ResourceState } from "../state/resource.ts";
import { isProviderType, parseProviderReference } from "../state/urn.ts";

/** Puts a deployment where a crash can't reach it. */
export type WriteDeployment = (deployment: Deployment) => Promise<void>;

/**
 * Old states stay until a step is done with them; new ones are added as steps end. Before a provider changes anything
 * the intent is on disk (`begin` waits for that); how it ended is written with the next intent, or at the end. A crash
 * in between leaves the pending operation, from which the next run goes on.
 */
export class Snapshot {
  readonly #base: readonly ResourceState[];
  readonly #write: WriteDeployment;
  readonly #fresh: ResourceState[] = [];
  readonly #done = new Set<ResourceState>();
  readonly #amended = new Map<ResourceState, ResourceState>();
  /** By an amended state: the old state in whose place it stands. */
  readonly #origins = new Map<ResourceState, ResourceState>();
  readonly #renamed = new Map<string, string>();
  #pending: PendingOperation[] = [];
  /** What an earlier run left pending and nobody has made sure of yet. */
  #unsettled: readonly PendingOperation[];
  #dirty: boolean;
  #writing: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  /** `pending` are the operations that an earlier run left, `dirty` says that the file is not as `base` has it. */
  constructor(
    base: readonly ResourceState[],
    write: WriteDeployment,
    { pending = [], dirty = pending.length > 0 }: { pending?: readonly PendingOperation[]; dirty?: boolean } = {},
  ) {
    this.#base = base;
    this.#write = write;
    this.#unsettled = pending.filter(isUnsettled);
    this.#dirty = dirty;
  }

  /** What of an earlier run's pending operations nobody has made sure of yet. */
  get unsettled(): readonly PendingOperation[] {
    return this.#unsettled;
  }

  /** It is known how an operation that an earlier run left pending has ended. */
  settle(operation: PendingOperation): void {
    this.#unsettled = this.#unsettled.filter((other) => other !== operation);
    this.#dirty = true;
  }

  /** Records an intent and waits until it is on disk. What it gives ends the operation. */
  async begin(resource: ResourceState, type: OperationType): Promise<() => void> {
    const operation = { resource, type };
    this.#pending = [...this.#pending, operation];
    this.#dirty = true;
    await this.flush();
    return () => {
      this.#pending = this.#pending.filter((other) => other !== operation);
      this.#dirty = true;
    };
  }

  /** `old` is gone or has been succeeded. */
  done(old: ResourceState): void {
    this.#done.add(this.#origins.get(old) ?? old);
    this.#dirty = true;
  }

  add(state: ResourceState): void {
    this.#fresh.push(state);
    this.#dirty = true;
  }

  /** `old` is as it was: keeps it, in the place of a new state. Writes nothing by itself. */
  keep(old: ResourceState): void {
    this.#done.add(old);
    this.#fresh.push(old);
  }

  /** Changes a state in place: an old one that is now condemned, or a new one that got its outputs. */
  amend(state: ResourceState, changed: ResourceState): void {
    this.#dirty = true;
    const index = this.#fresh.indexOf(state);
    if (index >= 0) {
      this.#fresh[index] = changed;
      return;
    }
    const origin = this.#origins.get(state) ?? state;
    this.#amended.set(origin, changed);
    this.#origins.set(changed, origin);
  }

  /** Every mention of `from` becomes one of `to` once that is there: a resource was found under an alias. */
  rename(from: string, to: string): void {
    this.#renamed.set(from, to);
    this.#dirty = true;
  }

  current(): Deployment {
    const left = this.#base.filter((state) => !this.#done.has(state)).map((state) => this.#amended.get(state) ?? state);
    const all = [...this.#fresh, ...left];
    const resources = this.#renamed.size > 0 ? this.#withNames(all) : all;
    return {
      resources,
      pendingOperations: [...this.#unsettled.filter((operation) => isOpen(operation, resources)), ...this.#pending],
    };
  }

  #withNames(states: readonly ResourceState[]): readonly ResourceState[] {
    const there = new Set(states.map((state) => state.urn));
    const names = new Map([...this.#renamed].filter(([, to]) => there.has(to)));
    return states.map((state) => {
      const named = withNames(state, names);
      if (named !== state) this.#origins.set(named, this.#origins.get(state) ?? state);
      return named;
    });
  }

  /** Writes what has changed. Those who ask while a write goes on share the next one. */
  flush(): Promise<void> {
    if (!this.#dirty) return this.#queued ?? this.#writing ?? Promise.resolve();
    this.#queued ??= (this.#writing ?? Promise.resolve()).catch(() => undefined).then(() => this.#writeNow());
    return this.#queued;
  }

  #writeNow(): Promise<void> {
    this.#queued = undefined;
    this.#dirty = false;
    const writing = this.#write(this.current())
      .catch((error: unknown) => {
        this.#dirty = true;
        throw error;
      })
      .finally(() => {
        if (this.#writing === writing) this.#writing = undefined;
      });
    this.#writing = writing;
    return writing;
  }
}

/**
 * Whether it matters how the operation ended. Only providers make something outside of the stack, and a read changes
 * nothing.
 */
function isUnsettled({ resource, type }: PendingOperation): boolean {
  return type !== "reading" && resource.custom && !isProviderType(resource.type);
}

/** A change or deletion no longer matters when its resource has gone from the state. */
function isOpen(operation: PendingOperation, resources: readonly ResourceState[]): boolean {
  return operation.type === "creating" || resources.some((state) => changes(operation, state));
}

/** Whether the operation was a change or deletion of this resource. Its name may have been about to change too. */
export function changes({ resource, type }: PendingOperation, state: ResourceState): boolean {
  const changed = type === "updating" || type === "deleting";
  return changed && resource.id === state.id && resource.type === state.type;
}

function withNames(state: ResourceState, names: ReadonlyMap<string, string>): ResourceState {
  const renamed = (urn: string) => names.get(urn) ?? urn;
  const provider = state.provider && parseProviderReference(state.provider);
  const touched =
    names.has(state.parent) ||
    names.has(state.deletedWith) ||
    state.replaceWith.some((urn) => names.has(urn)) ||
    (provider && names.has(provider.urn)) ||
    state.dependencies.some((urn) => names.has(urn)) ||
    Object.values(state.propertyDependencies).some((urns) => urns.some((urn) => names.has(urn)));
  if (!touched) return state;
  return {
    ...state,
    parent: renamed(state.parent),
    deletedWith: renamed(state.deletedWith),
    replaceWith: state.replaceWith.map(renamed),
    provider: provider ? `${renamed(provider.urn)}::${provider.id}` : "",
    dependencies: state.dependencies.map(renamed),
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies).map(([key, urns]) => [key, urns.map(renamed)]),
    ),
  };
}
