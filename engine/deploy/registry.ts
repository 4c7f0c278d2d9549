/** The providers of one operation: loaded when first used, by the reference under which resources name them. */
import { randomUUID } from "node:crypto";
import type { Packages } from "../providers/packages.ts";
import { noDiff, type Diff, type Provider, type ProviderPackage, type Services } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import { formatProviderReference, packageOf, parseProviderReference } from "../state/urn.ts";
import { unsupported } from "../unsupported.ts";
import { hasUnknowns, unknown, type PropertyMap } from "../values/property.ts";
import { unknownMarker } from "../values/signatures.ts";

export class Registry {
  readonly #packages: Packages;
  readonly #services: Services;
  readonly #providers = new Map<string, Promise<Provider>>();
  /** Providers of the state as it was: what old resources are read and deleted with. */
  readonly #olds: ReadonlyMap<string, ResourceState>;

  constructor(packages: Packages, services: Services, olds: readonly ResourceState[]) {
    this.#packages = packages;
    this.#services = services;
    this.#olds = new Map(olds.map((state) => [formatProviderReference({ urn: state.urn, id: state.id }), state]));
  }

  /** Refuses packages that there is no provider for. */
  async package(type: string): Promise<ProviderPackage> {
    const name = packageOf(type);
    const load = this.#packages[name];
    if (!load) throw unsupported(`the package \`${name}\` (resource type ${type})`);
    return load();
  }

  /** Refuses functions that there are none of. */
  async function(token: string): Promise<void> {
    const { functions = [] } = await this.package(token);
    if (!functions.includes(token)) throw unsupported(`the function ${token}`);
  }

  /** The id of a new provider; what an update will know is not known in a preview. */
  newId(preview: boolean): string {
    return preview ? unknownMarker : randomUUID();
  }

  /** Makes a provider ready for use under its reference. */
  register(state: ResourceState): void {
    const reference = formatProviderReference({ urn: state.urn, id: state.id });
    if (!this.#providers.has(reference)) this.#providers.set(reference, this.#configure(state.type, state.inputs));
  }

  /** Whether the provider has been made ready in this operation. */
  has(reference: string): boolean {
    return this.#providers.has(reference);
  }

  async #configure(type: string, inputs: PropertyMap): Promise<Provider> {
    const package_ = await this.package(type);
    return hasUnknowns(inputs) ? unconfigured : package_.configure(inputs, this.#services);
  }

  /** The provider that `reference` names: one registered in this operation, or else one of the state. */
  async get(reference: string): Promise<Provider> {
    const registered = this.#providers.get(reference);
    if (registered) return registered;
    const old = this.#olds.get(reference);
    if (!old) throw new Error(`unknown provider ${reference}`);
    this.register(old);
    return this.get(reference);
  }

  async diffConfig(type: string, olds: PropertyMap, news: PropertyMap): Promise<Diff> {
    return (await this.package(type)).diffConfig(withoutInternal(olds), withoutInternal(news), this.#services);
  }

  /** Whether resources that move from one provider to another must be replaced. */
  async movesResources(from: string, to: ResourceState | undefined): Promise<boolean> {
    const old = this.#olds.get(from);
    if (!old || !to || old.type !== to.type) return true;
    return (await this.diffConfig(to.type, old.inputs, to.inputs)).replaceKeys.length > 0;
  }
}

/** What Pulumi's engine keeps among a provider's inputs for itself. */
export function withoutInternal(inputs: PropertyMap): PropertyMap {
  const { __internal: _, ...rest } = inputs;
  return rest;
}

/** The key of a provider in its reference, whatever its id. */
export function providerUrn(reference: string): string {
  return parseProviderReference(reference).urn;
}

/** Stands in for a provider whose configuration only an update will know: everything about its resources is unknown. */
const unconfigured: Provider = {
  check: (_resource, _olds, news) => ({ inputs: news, failures: [] }),
  diff: () => ({ ...noDiff, changes: true }),
  create: (_resource, inputs) => ({
    id: "",
    outputs: Object.fromEntries(Object.keys(inputs).map((key) => [key, unknown])),
  }),
  update: (_resource, old) => ({ outputs: Object.fromEntries(Object.keys(old.outputs).map((key) => [key, unknown])) }),
  delete: () => undefined,
  read: (_resource, old) => old,
  invoke: () => ({}),
};
