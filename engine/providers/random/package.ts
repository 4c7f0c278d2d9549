/** The `random` package: values drawn once and kept in state. */
import { TealError } from "../../../model/errors.ts";
import { unsupported } from "../../unsupported.ts";
import {
  equal,
  isMap,
  mapWithoutSecrets,
  reveal,
  unknown,
  withoutSecrets,
  hasUnknowns,
  type PropertyMap,
  type Value,
} from "../../values/property.ts";
import {
  noDiff,
  type CheckFailure,
  type Diff,
  type Provider,
  type ProviderPackage,
  type PropertyDiff,
} from "../provider.ts";
import { generators, type Generator } from "./generators.ts";

export const randomPackage: ProviderPackage = {
  name: "random",
  diffConfig: () => noDiff,
  configure: () => provider,
};

function generatorOf(type: string): Generator {
  const generator = generators[type];
  if (!generator) throw unsupported(`the resource type ${type}`);
  return generator;
}

const provider: Provider = {
  check: (resource, _olds, news) => {
    const generator = generatorOf(resource.type);
    // What a seed leads to is the other provider's generator's own.
    if (news["seed"] !== undefined && news["seed"] !== null) throw unsupported(`a seed for ${resource.type}`);
    return {
      inputs: news,
      failures: [...missing(generator, news), ...(hasUnknowns(news) ? [] : generator.check(plainArguments(news)))],
    };
  },
  diff: (_resource, old, news) => diffInputs(old.inputs, news),
  async create(resource, inputs, _adopt, context) {
    const generator = generatorOf(resource.type);
    const given = { ...generator.defaults, ...inputs };
    if (context.preview) return { id: "", outputs: { ...unknownOutputs(generator), ...given } };
    const { id, outputs } = await generator.generate(plainArguments(given));
    const meta = generator.schema !== undefined && {
      __meta: JSON.stringify({ schema_version: String(generator.schema) }),
    };
    return { id, outputs: { ...meta, ...given, ...outputs, id } };
  },
  update: (_resource, old, news) => ({ outputs: { ...old.outputs, ...news } }),
  delete: () => undefined,
  read: (_resource, old) => old,
};

function plainArguments(inputs: PropertyMap): PropertyMap {
  return mapWithoutSecrets(inputs);
}

function missing(generator: Generator, inputs: PropertyMap): CheckFailure[] {
  return generator.required
    .filter((property) => inputs[property] === undefined || inputs[property] === null)
    .map((property) => ({ property, reason: `missing required property '${property}'` }));
}

function unknownOutputs(generator: Generator): PropertyMap {
  return Object.fromEntries(["id", ...generator.outputs].map((key) => [key, unknown]));
}

/** Any other input means another value: only drawing anew gives it. Length and minimums do too, as in the provider. */
function diffInputs(olds: PropertyMap, news: PropertyMap): Diff {
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])]
    .filter((key) => !same(olds[key], news[key]))
    .sort();
  if (changed.length === 0) return noDiff;
  const detailed = Object.fromEntries(changed.flatMap((key) => detailsOf(key, olds[key], news[key])));
  return { changes: true, replaceKeys: changed, changedKeys: changed, detailed, deleteBeforeReplace: false };
}

/** Of maps, the entries that differ. */
function detailsOf(path: string, old: Value | undefined, next: Value | undefined): [string, PropertyDiff][] {
  const [before, after] = [old && reveal(old), next && reveal(next)];
  if (!isMap(before) || !isMap(after)) return [[path, { kind: kindOf(old, next), inputDiff: true }]];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !same(before[key], after[key]))
    .map((key) => [`${path}.${key}`, { kind: kindOf(before[key], after[key]), inputDiff: true }]);
}

function same(old: Value | undefined, next: Value | undefined): boolean {
  return old === undefined || next === undefined ? old === next : equal(withoutSecrets(old), withoutSecrets(next));
}

function kindOf(old: Value | undefined, next: Value | undefined): PropertyDiff["kind"] {
  if (old === undefined) return "add-replace";
  return next === undefined ? "delete-replace" : "update-replace";
}

/** The range error of a generator's argument. */
export function outOfRange(property: string, expected: string, found: Value | undefined): TealError {
  return new TealError("random_argument", `expected ${property} to be ${expected}, got ${JSON.stringify(found)}`);
}
