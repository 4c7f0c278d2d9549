/** A stack's checkpoint as it lies on disk, and what must hold for it whenever somebody looks. */
import { readFile } from "node:fs/promises";

export interface StoredResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly delete?: boolean;
  readonly external?: boolean;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly pendingReplacement?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly provider?: string;
  readonly deletedWith?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface Checkpoint {
  readonly text: string;
  readonly resources: readonly StoredResource[];
  readonly pending: readonly { readonly type: string; readonly resource: StoredResource }[];
}

export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const text = await readFile(path, "utf8");
  const { checkpoint } = JSON.parse(text) as {
    checkpoint: {
      latest?: { resources?: StoredResource[]; pending_operations?: { type: string; resource: StoredResource }[] };
    };
  };
  return { text, resources: checkpoint.latest?.resources ?? [], pending: checkpoint.latest?.pending_operations ?? [] };
}

/** URNs that the resource mentions. */
export function needs(state: StoredResource): Set<string> {
  const provider = state.provider?.slice(0, state.provider.lastIndexOf("::"));
  const named = [state.parent, state.deletedWith, provider].filter((urn) => urn !== undefined && urn !== "");
  return new Set([
    ...(named as string[]),
    ...(state.dependencies ?? []),
    ...Object.values(state.propertyDependencies ?? {}).flat(),
  ]);
}

/** What is wrong with it, by the rules of Pulumi's own check; empty if nothing is. */
export function flaws({ resources, text }: Checkpoint): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const live = new Set<string>();
  const providers = new Set<string>();
  for (const state of resources) {
    for (const urn of needs(state))
      if (!seen.has(urn)) {
        const later = resources.some((other) => other.urn === urn) ? "comes after it" : "is not there";
        found.push(`${state.urn} needs ${urn}, which ${later}`);
      }
    if (state.provider && !providers.has(state.provider)) found.push(`${state.urn}: no provider ${state.provider}`);
    if (!state.delete && live.has(state.urn)) found.push(`${state.urn} is there twice`);
    if (!state.delete) live.add(state.urn);
    if (state.custom && !state.id && !state.pendingReplacement) found.push(`${state.urn} has no id`);
    seen.add(state.urn);
    if (state.type.startsWith("pulumi:providers:")) providers.add(`${state.urn}::${state.id}`);
  }
  if (/hush-\d/.test(text)) found.push("a secret is in the clear");
  return found;
}
