import type { Crypter } from "../secrets/crypter.ts";
import type { JsonObject, PropertyMap, Value } from "../values/property.ts";
import { load, loadMap, store, storeMap, type SecretForm } from "../values/stored.ts";

/** Seconds; 0 means the provider's own default. */
export interface CustomTimeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly read?: number;
}

/**
 * One resource as a stack's state has it. States are never changed in place: a step makes a new one. Identity matters:
 * the snapshot tells an old state from its successor by it.
 */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  /** Marked to be deleted: its replacement exists already. */
  readonly delete: boolean;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  readonly parent: string;
  readonly protect: boolean;
  /** Read by Pulumi, owned by another. */
  readonly external: boolean;
  readonly dependencies: readonly string[];
  readonly initErrors: readonly string[];
  readonly provider: string;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Deleted already, its replacement not yet made. */
  readonly pendingReplacement: boolean;
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly string[];
  readonly customTimeouts: CustomTimeouts | undefined;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  /** Resources with whose replacement this one is replaced too. */
  readonly replaceWith: readonly string[];
  /** Replaced when it changes; `null` is no trigger. */
  readonly replacementTrigger: Value;
  readonly replaceOnChanges: readonly string[];
  readonly ignoreChanges: readonly string[];
  /** Paths whose changes are not shown. */
  readonly hideDiffs: readonly string[];
  readonly created: string | undefined;
  readonly modified: string | undefined;
  /** Fields that this engine does not act on, kept as they were read. */
  readonly other: JsonObject;
}

/** States as they were read or written last, so that what did not change is not made anew for every checkpoint. */
const stored = new WeakMap<ResourceState, { crypter: Crypter; json: JsonObject }>();

const timeoutNames = ["create", "update", "delete", "read"] as const;
const knownFields = new Set(
  (
    "urn type custom delete id inputs outputs parent protect external dependencies initErrors provider " +
    "propertyDependencies pendingReplacement additionalSecretOutputs aliases customTimeouts retainOnDelete deletedWith " +
    "replaceWith replacementTrigger replaceOnChanges ignoreChanges hideDiff created modified"
  ).split(" "),
);

export function loadResource(json: JsonObject, crypter: Crypter): ResourceState {
  const text = (key: string) => (typeof json[key] === "string" ? json[key] : "");
  const list = (key: string) => (json[key] as string[] | undefined) ?? [];
  const state: ResourceState = {
    urn: text("urn"),
    type: text("type"),
    custom: json["custom"] === true,
    delete: json["delete"] === true,
    id: text("id"),
    inputs: loadMap(json["inputs"] as JsonObject | undefined, crypter),
    outputs: loadMap(json["outputs"] as JsonObject | undefined, crypter),
    parent: text("parent"),
    protect: json["protect"] === true,
    external: json["external"] === true,
    dependencies: list("dependencies"),
    initErrors: list("initErrors"),
    provider: text("provider"),
    propertyDependencies: loadPropertyDependencies(json["propertyDependencies"]),
    pendingReplacement: json["pendingReplacement"] === true,
    additionalSecretOutputs: list("additionalSecretOutputs"),
    aliases: list("aliases"),
    customTimeouts: loadTimeouts(json["customTimeouts"] as JsonObject | undefined),
    retainOnDelete: json["retainOnDelete"] === true,
    deletedWith: text("deletedWith"),
    replaceWith: list("replaceWith"),
    replacementTrigger: load(json["replacementTrigger"] ?? null, crypter),
    replaceOnChanges: list("replaceOnChanges"),
    ignoreChanges: list("ignoreChanges"),
    hideDiffs: list("hideDiff"),
    created: text("created") || undefined,
    modified: text("modified") || undefined,
    other: Object.fromEntries(Object.entries(json).filter(([key]) => !knownFields.has(key))),
  };
  stored.set(state, { crypter, json });
  return state;
}

function loadPropertyDependencies(json: unknown): Record<string, readonly string[]> {
  const read = (json ?? {}) as Record<string, string[] | null>;
  return Object.fromEntries(Object.entries(read).map(([key, urns]) => [key, urns ?? []]));
}

/** Pulumi writes timeouts as numbers of seconds, or as Go durations in older states. */
function loadTimeouts(json: JsonObject | undefined): CustomTimeouts | undefined {
  if (!json) return undefined;
  const seconds = (value: unknown) => (typeof value === "number" ? value : parseDuration(String(value ?? "0")));
  return {
    create: seconds(json["create"]),
    update: seconds(json["update"]),
    delete: seconds(json["delete"]),
    read: seconds(json["read"]),
  };
}

/** Seconds of a Go duration such as `1h30m` or `90s`. */
export function parseDuration(text: string): number {
  const unit = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 } as const;
  let seconds = 0;
  for (const [, amount, name] of text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g))
    seconds += Number(amount) * unit[name as keyof typeof unit];
  return seconds;
}

export function storeResource(state: ResourceState, secrets: SecretForm): JsonObject {
  if (secrets.form !== "encrypted") return makeStored(state, secrets);
  const known = stored.get(state);
  if (known?.crypter === secrets.crypter) return known.json;
  const json = makeStored(state, secrets);
  stored.set(state, { crypter: secrets.crypter, json });
  return json;
}

function makeStored(state: ResourceState, secrets: SecretForm): JsonObject {
  const timeouts = state.customTimeouts;
  const json: JsonObject = {
    urn: state.urn,
    custom: state.custom,
    ...(state.delete && { delete: true }),
    ...(state.id && { id: state.id }),
    type: state.type,
    ...filled("inputs", storeMap(state.inputs, secrets)),
    ...filled("outputs", storeMap(state.outputs, secrets)),
    ...(state.parent && { parent: state.parent }),
    ...(state.protect && { protect: true }),
    ...(state.external && { external: true }),
    ...filled("dependencies", [...state.dependencies]),
    ...filled("initErrors", [...state.initErrors]),
    ...(state.provider && { provider: state.provider }),
    ...filled("propertyDependencies", sortedCopy(state.propertyDependencies)),
    ...(state.pendingReplacement && { pendingReplacement: true }),
    ...filled("additionalSecretOutputs", [...state.additionalSecretOutputs]),
    ...filled("aliases", [...state.aliases]),
    ...(timeouts &&
      timeoutNames.some((name) => timeouts[name]) && {
        customTimeouts: Object.fromEntries(
          timeoutNames.flatMap((name) => (timeouts[name] ? [[name, timeouts[name]]] : [])),
        ),
      }),
    ...(state.retainOnDelete && { retainOnDelete: true }),
    ...(state.deletedWith && { deletedWith: state.deletedWith }),
    ...filled("replaceWith", [...state.replaceWith]),
    ...(state.created && { created: state.created }),
    ...(state.modified && { modified: state.modified }),
    ...filled("ignoreChanges", [...state.ignoreChanges]),
    ...filled("hideDiff", [...state.hideDiffs]),
    ...filled("replaceOnChanges", [...state.replaceOnChanges]),
    ...(state.replacementTrigger !== null && { replacementTrigger: store(state.replacementTrigger, secrets) }),
  };
  return { ...json, ...state.other };
}

function filled<T extends JsonObject | string[]>(key: string, value: T): JsonObject {
  return (Array.isArray(value) ? value.length : Object.keys(value).length) > 0 ? { [key]: value } : {};
}

function sortedCopy(dependencies: ResourceState["propertyDependencies"]): JsonObject {
  return Object.fromEntries(
    Object.keys(dependencies)
      .sort()
      .map((key) => [key, [...dependencies[key]!].sort()]),
  );
}
