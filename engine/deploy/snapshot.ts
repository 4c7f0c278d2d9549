/** The stack's state while an operation goes on, and when it is written. */
import type { Deployment, OperationType, PendingOperation } from "../state/deployment.ts";
import type { ResourceState } from "../state/resource.ts";
import { parseProviderReference } from "../state/urn.ts";

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
  #dirty: boolean;
  #writing: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  constructor(base: readonly ResourceState[], write: WriteDeployment, dirty: boolean) {
    this.#base = base;
    this.#write = write;
    this.#dirty = dirty;
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

  /** Every mention of `from` becomes one of `to`: a resource was found under an alias. */
  rename(from: string, to: string): void {
    this.#renamed.set(from, to);
    this.#dirty = true;
  }

  current(): Deployment {
    const left = this.#base.filter((state) => !this.#done.has(state)).map((state) => this.#amended.get(state) ?? state);
    const resources = [...this.#fresh, ...left];
    return {
      resources: this.#renamed.size > 0 ? resources.map((state) => this.#withNames(state)) : resources,
      pendingOperations: this.#pending,
    };
  }

  #withNames(state: ResourceState): ResourceState {
    const named = withNames(state, this.#renamed);
    if (named !== state) this.#origins.set(named, this.#origins.get(state) ?? state);
    return named;
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

function withNames(state: ResourceState, names: ReadonlyMap<string, string>): ResourceState {
  const renamed = (urn: string) => names.get(urn) ?? urn;
  const provider = state.provider && parseProviderReference(state.provider);
  const touched =
    names.has(state.parent) ||
    names.has(state.deletedWith) ||
    (provider && names.has(provider.urn)) ||
    state.dependencies.some((urn) => names.has(urn)) ||
    Object.values(state.propertyDependencies).some((urns) => urns.some((urn) => names.has(urn)));
  if (!touched) return state;
  return {
    ...state,
    parent: renamed(state.parent),
    deletedWith: renamed(state.deletedWith),
    provider: provider ? `${renamed(provider.urn)}::${provider.id}` : "",
    dependencies: state.dependencies.map(renamed),
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies).map(([key, urns]) => [key, urns.map(renamed)]),
    ),
  };
}
