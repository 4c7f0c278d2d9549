import { TealError } from "../../model/errors.ts";
import type { ContainerSpec, EnvFrom, EnvVar, KeyRef, Pod } from "../kubernetes/pods.ts";

/** What the pod knows of itself once it has an address. */
export interface PodFacts {
  podIP: string;
  hostIP: string;
}

/** Reads the texts of a ConfigMap or Secret (decoded) of the pod's namespace; undefined where there is none. */
export type ReadTexts = (kind: "configmaps" | "secrets", name: string) => Promise<Record<string, string> | undefined>;

/** What a container can't be started with; the kubelet shows it as the reason of a waiting container. */
const configError = (message: string): TealError => new TealError("container_config", message);

/**
 * The environment that a container starts with: `envFrom` first, then `env`, whose values may name earlier ones as
 * `$(NAME)`.
 * @throws TealError `container_config` where it refers to something that isn't there
 */
export async function environmentOf(
  container: ContainerSpec,
  pod: Pod,
  facts: PodFacts,
  read: ReadTexts,
): Promise<Record<string, string>> {
  const cached = new Map<string, ReturnType<ReadTexts>>();
  const readOnce: ReadTexts = (kind, name) => {
    const key = `${kind}/${name}`;
    const known = cached.get(key) ?? read(kind, name);
    cached.set(key, known);
    return known;
  };
  const env: Record<string, string> = {};
  for (const source of container.envFrom ?? []) Object.assign(env, await allOf(source, readOnce));
  for (const variable of container.env ?? []) {
    const value = await valueOf(variable, pod, facts, readOnce);
    if (value !== undefined) env[variable.name] = expand(value, env);
  }
  return env;
}

/** `$(NAME)` becomes the variable's value, `$$(NAME)` stays as `$(NAME)`, and what isn't known stays as it is. */
export const expand = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replace(/\$\$|\$\(([^)]+)\)/g, (whole, name: string | undefined) =>
    name === undefined ? "$" : (env[name] ?? whole),
  );

async function allOf(source: EnvFrom, read: ReadTexts): Promise<Record<string, string>> {
  const kind = source.configMapRef === undefined ? "secrets" : "configmaps";
  const ref = source.configMapRef ?? source.secretRef;
  if (ref?.name === undefined) return {};
  const texts = await read(kind, ref.name);
  if (texts === undefined) {
    if (ref.optional === true) return {};
    throw configError(`${singular[kind]} "${ref.name}" not found`);
  }
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [`${source.prefix ?? ""}${key}`, value]));
}

async function valueOf(
  { name, value, valueFrom }: EnvVar,
  pod: Pod,
  facts: PodFacts,
  read: ReadTexts,
): Promise<string | undefined> {
  if (valueFrom === undefined) return value ?? "";
  if (valueFrom.fieldRef !== undefined) return fieldOf(valueFrom.fieldRef.fieldPath, pod, facts);
  if (valueFrom.configMapKeyRef !== undefined) return keyOf("configmaps", valueFrom.configMapKeyRef, read);
  if (valueFrom.secretKeyRef !== undefined) return keyOf("secrets", valueFrom.secretKeyRef, read);
  throw configError(`env ${name}: the sandbox's node knows value, fieldRef, configMapKeyRef and secretKeyRef only`);
}

const singular = { configmaps: "configmap", secrets: "secret" };

async function keyOf(kind: "configmaps" | "secrets", ref: KeyRef, read: ReadTexts): Promise<string | undefined> {
  const name = ref.name ?? "";
  const texts = await read(kind, name);
  const value = texts?.[ref.key];
  if (value !== undefined || ref.optional === true) return value;
  if (texts === undefined) throw configError(`${singular[kind]} "${name}" not found`);
  throw configError(`couldn't find key ${ref.key} in ${singular[kind]} "${name}"`);
}

function fieldOf(path: string, { metadata, spec }: Pod, facts: PodFacts): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed !== null) return metadata[keyed[1] as "labels" | "annotations"]?.[keyed[2]!] ?? "";
  const fields: Record<string, string | undefined> = {
    "metadata.name": metadata.name,
    "metadata.namespace": metadata.namespace,
    "metadata.uid": metadata.uid,
    "spec.nodeName": spec.nodeName,
    "spec.serviceAccountName": spec.serviceAccountName ?? "default",
    "status.podIP": facts.podIP,
    "status.podIPs": facts.podIP,
    "status.hostIP": facts.hostIP,
  };
  const value = fields[path];
  if (value === undefined) throw configError(`fieldRef ${path} is not a field of a pod that a container can be given`);
  return value;
}
