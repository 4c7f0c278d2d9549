/** What the engine asks of a resource provider. Kubernetes, random and the built-in resources implement it in process. */
import type { PropertyMap } from "../values/property.ts";

export interface ResourceIdentity {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

export interface CheckFailure {
  /** The property at fault; empty when it is none in particular. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface PropertyDiff {
  readonly kind: DiffKind;
  /** Whether old and new inputs were compared, rather than old state and new inputs. */
  readonly inputDiff: boolean;
}

export interface Diff {
  readonly changes: boolean;
  /** Properties that can only change by replacing the resource. */
  readonly replaceKeys: readonly string[];
  readonly changedKeys: readonly string[];
  /** By property path; `undefined` when the provider can't say in detail. */
  readonly detailed: Readonly<Record<string, PropertyDiff>> | undefined;
  readonly deleteBeforeReplace: boolean;
}

export const noDiff: Diff = {
  changes: false,
  replaceKeys: [],
  changedKeys: [],
  detailed: undefined,
  deleteBeforeReplace: false,
};

export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
}

export interface ReadResult {
  /** Empty when the resource is no more. */
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** What a single operation runs under. */
export interface OperationContext {
  readonly preview: boolean;
  /** Seconds; 0 means the provider's default. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Tells the user something about the resource. `ephemeral` text shows progress and is forgotten. */
  log(severity: "info" | "warning", message: string, options?: { ephemeral?: boolean }): void;
}

export interface Provider {
  check(
    resource: ResourceIdentity,
    olds: PropertyMap | undefined,
    news: PropertyMap,
    context: OperationContext,
  ): Promise<CheckResult> | CheckResult;
  diff(
    resource: ResourceIdentity,
    old: { readonly id: string; readonly inputs: PropertyMap; readonly outputs: PropertyMap },
    news: PropertyMap,
    ignoreChanges: readonly string[],
    context: OperationContext,
  ): Promise<Diff> | Diff;
  /** `adopt` says that an earlier run may have made the object and not lived to record it. */
  create(
    resource: ResourceIdentity,
    inputs: PropertyMap,
    adopt: boolean,
    context: OperationContext,
  ): Promise<Created> | Created;
  update(
    resource: ResourceIdentity,
    old: { readonly id: string; readonly inputs: PropertyMap; readonly outputs: PropertyMap },
    news: PropertyMap,
    ignoreChanges: readonly string[],
    context: OperationContext,
  ): Promise<{ outputs: PropertyMap }> | { outputs: PropertyMap };
  delete(
    resource: ResourceIdentity,
    old: { readonly id: string; readonly inputs: PropertyMap; readonly outputs: PropertyMap },
    context: OperationContext,
  ): Promise<void> | void;
  read(
    resource: ResourceIdentity,
    old: { readonly id: string; readonly inputs: PropertyMap; readonly outputs: PropertyMap },
    context: OperationContext,
  ): Promise<ReadResult> | ReadResult;
  invoke?(token: string, args: PropertyMap, context: OperationContext): Promise<PropertyMap> | PropertyMap;
}

/** A package that the engine has a provider for. */
export interface ProviderPackage {
  readonly name: string;
  /** The functions that its providers have, as `kubernetes:yaml:decode`. */
  readonly functions?: readonly string[];
  /** Compares two configurations of the provider; `replaceKeys` mean that its resources lie elsewhere now. */
  diffConfig(olds: PropertyMap, news: PropertyMap, services: Services): Diff | Promise<Diff>;
  configure(inputs: PropertyMap, services: Services): Provider | Promise<Provider>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a provider may use of the world around the operation. */
export interface Services {
  readonly env: Environment;
  /** The outputs of another stack of the same backend, by `[organization/[project/]]stack`; undefined if there is none. */
  stackOutputs(name: string): Promise<PropertyMap | undefined>;
}

/** A resource was made or changed, but did not become ready: its state is kept, and `reasons` with it. */
export class InitError extends Error {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly reasons: readonly string[];
  /** What a read found the inputs to be now; undefined for what was made or changed. */
  readonly inputs: PropertyMap | undefined;
  constructor(message: string, id: string, outputs: PropertyMap, reasons: readonly string[], inputs?: PropertyMap) {
    super(message);
    this.name = "InitError";
    this.id = id;
    this.outputs = outputs;
    this.reasons = reasons;
    this.inputs = inputs;
  }
}
