/** Objects of a provider that lives in memory, for tests of what the engine makes of a program. */
import { CustomResource, ProviderResource, type CustomResourceOptions, type Input } from "@pulumi/pulumi";
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
  hasUnknowns,
  isMap,
  reveal,
  unknown,
  withoutSecrets,
  type PropertyMap,
  type Value,
} from "../../../engine/values/property.ts";
import type { Packages } from "../../../engine/providers/packages.ts";

/** What a thing is given: `key` can only change by replacement, `echo` comes back as an output. */
export interface ThingInputs {
  readonly key?: Input<string>;
  readonly value?: Input<unknown>;
  readonly other?: Input<unknown>;
}

export class Thing extends CustomResource {
  declare readonly echo: import("@pulumi/pulumi").Output<unknown>;
  declare readonly secretive: import("@pulumi/pulumi").Output<string>;
  constructor(name: string, inputs: ThingInputs = {}, options: CustomResourceOptions = {}) {
    super("mem:index:Thing", name, { ...inputs, echo: undefined, secretive: undefined }, options);
  }
  static find(name: string, id: Input<string>, options: CustomResourceOptions = {}): Thing {
    return new Thing(name, {}, { ...options, id });
  }
}

export class MemProvider extends ProviderResource {
  constructor(name: string, inputs: Record<string, Input<string>> = {}, options: CustomResourceOptions = {}) {
    super("mem", name, inputs, options);
  }
}

/** What there is, and what was done to it, in order. `trouble` makes a call fail, or end without the thing being ready. */
export class Things {
  readonly objects = new Map<string, PropertyMap>();
  readonly calls: string[] = [];
  trouble: (call: string, name: string) => "fail" | "unready" | undefined = () => undefined;
  /** How long a call takes, in milliseconds. */
  delay = 0;
  deleteBeforeReplace = false;
  most = 0;
  #now = 0;
  #next = 1;

  readonly packages: Packages = { mem: () => Promise.resolve(this.#package()) };

  #package(): ProviderPackage {
    return {
      name: "mem",
      diffConfig: (olds, news) =>
        equal(olds, news)
          ? noDiff
          : { ...noDiff, changes: true, replaceKeys: equal(olds["at"] ?? null, news["at"] ?? null) ? [] : ["at"] },
      configure: () => this.#provider(),
    };
  }

  async #call<T>(call: string, name: string, work: () => T): Promise<{ made: T; unready: boolean }> {
    this.calls.push(`${call} ${name}`);
    this.most = Math.max(this.most, ++this.#now);
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    this.#now--;
    const trouble = this.trouble(call, name);
    if (trouble === "fail") throw new Error(`${name} can't be had`);
    return { made: work(), unready: trouble === "unready" };
  }

  #provider(): Provider {
    const outputs = (inputs: PropertyMap): PropertyMap => {
      const plain = withoutSecrets(inputs) as PropertyMap;
      return { ...plain, echo: plain["value"] ?? "nothing", secretive: "s3cretive" };
    };
    const settle = (id: string, inputs: PropertyMap, unready: boolean) => {
      this.objects.set(id, inputs);
      if (unready) throw new InitError("not ready", id, outputs(inputs), ["not ready yet"]);
      return { id, outputs: outputs(inputs) };
    };
    return {
      check: ({ name }, _olds, news) => ({
        inputs: news,
        failures: news["value"] === "bad" ? [{ property: "value", reason: `${name} is bad` }] : [],
      }),
      diff: (_resource, old, news) => diffOf(old.inputs, news, this.deleteBeforeReplace),
      create: async ({ name }, inputs, _adopt, { preview }) => {
        if (preview) return { id: "", outputs: { ...inputs, echo: unknown, secretive: unknown } };
        const { unready } = await this.#call("create", name, () => undefined);
        return settle(`${name}-${this.#next++}`, inputs, unready);
      },
      update: async ({ name }, old, news, _ignored, { preview }) => {
        if (preview)
          return {
            outputs: { ...old.outputs, ...news, echo: hasUnknowns(news) ? unknown : (news["value"] ?? "nothing") },
          };
        const { unready } = await this.#call("update", name, () => undefined);
        return settle(old.id, news, unready);
      },
      delete: async ({ name }, old) => void (await this.#call("delete", name, () => this.objects.delete(old.id))),
      read: async ({ name }, old) => {
        const { made, unready } = await this.#call("read", name, () => this.objects.get(old.id));
        if (!made) return { id: "", inputs: {}, outputs: {} };
        if (unready) throw new InitError("not ready", old.id, outputs(made), ["not ready yet"]);
        return { id: old.id, inputs: made, outputs: outputs(made) };
      },
    };
  }
}

function diffOf(olds: PropertyMap, news: PropertyMap, deleteBeforeReplace: boolean): Diff {
  const detailed: Record<string, PropertyDiff> = {};
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)]))
    compare(key, olds[key], news[key], key === "key", detailed);
  const paths = Object.keys(detailed);
  if (paths.length === 0) return noDiff;
  const changedKeys = [...new Set(paths.map((path) => path.split(/[.[]/)[0]!))];
  return {
    changes: true,
    replaceKeys: changedKeys.filter((key) => key === "key"),
    changedKeys,
    detailed,
    deleteBeforeReplace,
  };
}

function compare(
  path: string,
  old: Value | undefined,
  next: Value | undefined,
  replace: boolean,
  into: Record<string, PropertyDiff>,
): void {
  const [a, b] = [old === undefined ? undefined : reveal(old), next === undefined ? undefined : reveal(next)];
  if (isMap(a) && isMap(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      compare(`${path}.${key}`, a[key], b[key], replace, into);
    return;
  }
  if (a === undefined ? b === undefined : b !== undefined && equal(withoutSecrets(a), withoutSecrets(b))) return;
  const kind = a === undefined ? "add" : b === undefined ? "delete" : "update";
  into[path] = { kind: replace ? `${kind}-replace` : kind, inputDiff: true };
}
