/** A provider whose objects live in a {@link World}. */
import { randomBytes } from "node:crypto";
import {
  InitError,
  noDiff,
  type Diff,
  type Provider,
  type ProviderPackage,
  type PropertyDiff,
} from "../../../engine/providers/provider.ts";
import {
  equal,
  mapWithoutSecrets,
  Secret,
  unknown,
  withoutSecrets,
  type PropertyMap,
} from "../../../engine/values/property.ts";
import { crc32 } from "node:zlib";
import type { PlainMap, WorldObject } from "./world.ts";

export const packageName = "mem";
export const thingType = "mem:index:Thing";

export type Call = "check" | "diff" | "create" | "update" | "delete" | "read";

/** A world near or far: the provider does not know. */
export interface WorldAccess {
  create(urn: string, id: string, inputs: PlainMap, adopt: boolean): Promise<WorldObject>;
  update(urn: string, id: string, inputs: PlainMap): Promise<WorldObject>;
  delete(urn: string, id: string): Promise<void>;
  read(id: string): Promise<WorldObject | undefined>;
  /** Called as each call begins. May fail it; `unready` lets it be done and fail thereafter. */
  begins(call: Call, urn: string): Promise<"go on" | "unready">;
}

/** Changes to these take another object. */
export const replacing: readonly string[] = ["key", "bond", "container", "name"];

export function memoryPackage(world: WorldAccess): ProviderPackage {
  return {
    name: packageName,
    diffConfig: (olds, news) => {
      if (equal(olds, news)) return noDiff;
      const moved = !equal(olds["key"] ?? null, news["key"] ?? null);
      return { ...noDiff, changes: true, replaceKeys: moved ? ["key"] : [] };
    },
    configure: (inputs) => provider(world, `place${JSON.stringify(inputs["key"] ?? null)}`),
  };
}

/** Providers of different keys make their objects in different places, where the same name is another object's. */
function provider(world: WorldAccess, place: string): Provider {
  return {
    async check({ urn, name }, olds, news) {
      await world.begins("check", urn);
      const own =
        news["fixed"] === true
          ? `fixed-${crc32(urn).toString(36)}-${place}`
          : `${name}-${randomBytes(4).toString("hex")}`;
      const kept = news["fixed"] === true ? undefined : olds?.["name"];
      return { inputs: { ...news, name: kept ?? own }, failures: [] };
    },
    async diff({ urn }, old, news) {
      await world.begins("diff", urn);
      return diffInputs(old.inputs, news);
    },
    async create({ urn }, inputs, adopt, { preview }) {
      if (preview) return { id: "", outputs: { ...inputs, echo: unknown, serial: unknown } };
      const how = await world.begins("create", urn);
      const object = await world.create(urn, inputs["name"] as string, mapWithoutSecrets(inputs) as PlainMap, adopt);
      return made(how, object, inputs);
    },
    async update({ urn }, old, news, _ignored, { preview }) {
      if (preview) return { outputs: { ...old.outputs, ...news, echo: unknown } };
      const how = await world.begins("update", urn);
      return made(how, await world.update(urn, old.id, mapWithoutSecrets(news) as PlainMap), news);
    },
    async delete({ urn }, old) {
      await world.begins("delete", urn);
      await world.delete(urn, old.id);
    },
    async read({ urn }, old) {
      await world.begins("read", urn);
      const object = await world.read(old.id);
      if (!object) return { id: "", inputs: {}, outputs: {} };
      const inputs = asSecretAs(old.inputs, object.inputs);
      return { id: old.id, inputs, outputs: outputsOf(object, inputs) };
    },
  };
}

function made(how: "go on" | "unready", object: WorldObject, inputs: PropertyMap) {
  const outputs = outputsOf(object, inputs);
  if (how === "unready") throw new InitError("it did not become ready", object.id, outputs, ["injected: not ready"]);
  return { id: object.id, outputs };
}

function outputsOf(object: WorldObject, inputs: PropertyMap): PropertyMap {
  return { ...inputs, echo: echoOf(object.inputs), serial: object.serial };
}

/** What objects make of their inputs for others to use. */
export const echoOf = (inputs: PlainMap) => `echo-${String(inputs["value"])}`;

function asSecretAs(known: PropertyMap, read: PlainMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(read).map(([key, value]) => [key, known[key] instanceof Secret ? new Secret(value) : value]),
  );
}

function diffInputs(olds: PropertyMap, news: PropertyMap): Diff {
  const bare = (map: PropertyMap, key: string) => (key in map ? withoutSecrets(map[key]!) : undefined);
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  const changedKeys = keys.filter((key) => {
    const [old, next] = [bare(olds, key), bare(news, key)];
    return old === undefined || next === undefined ? old !== next : !equal(old, next);
  });
  if (changedKeys.length === 0) return noDiff;
  const replaceKeys = changedKeys.filter((key) => replacing.includes(key));
  const detailed = Object.fromEntries(
    changedKeys.map((key): [string, PropertyDiff] => {
      const kind = key in olds ? (key in news ? "update" : "delete") : "add";
      return [key, { kind: replaceKeys.includes(key) ? `${kind}-replace` : kind, inputDiff: true }];
    }),
  );
  return { changes: true, replaceKeys, changedKeys, detailed, deleteBeforeReplace: news["fixed"] === true };
}
