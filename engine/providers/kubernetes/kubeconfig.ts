/** Where a cluster is and who asks there: read from a kubeconfig. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { parse } from "yaml";
import { isMissing } from "../../state/files.ts";
import { isMap, isList, type PropertyMap, type Value } from "../../values/property.ts";
import type { Environment } from "../provider.ts";
import { Unreachable } from "./client.ts";

export interface Connection {
  readonly server: string;
  readonly tls: {
    readonly ca?: string | Buffer | undefined;
    readonly cert?: string | Buffer | undefined;
    readonly key?: string | Buffer | undefined;
    readonly rejectUnauthorized?: boolean;
    readonly servername?: string;
  };
  /** Headers that say who asks; asked for before every request, since tokens expire. */
  authorization(): Promise<Readonly<Record<string, string>>>;
  /** Namespace of objects that name none. */
  readonly namespace: string;
}

type Named = Readonly<Record<string, Value>>;

interface Kubeconfig {
  readonly text: string;
  readonly directory: string;
  readonly clusters: readonly Named[];
  readonly contexts: readonly Named[];
  readonly users: readonly Named[];
  readonly currentContext: string;
}

/** `kubeconfig` as the provider takes it: contents, a path, an object; or else KUBECONFIG, or `~/.kube/config`. */
export async function readKubeconfig(given: Value | undefined, env: Environment): Promise<Kubeconfig | undefined> {
  if (isMap(given)) return parseKubeconfig(JSON.stringify(given), process.cwd());
  if (typeof given === "string" && given !== "" && /[\n{]/.test(given)) return parseKubeconfig(given, process.cwd());
  const path =
    typeof given === "string" && given !== "" ? given : env["KUBECONFIG"] || join(homedir(), ".kube", "config");
  const first = path.split(delimiter)[0]!;
  const absolute = first.startsWith("~/") ? join(homedir(), first.slice(2)) : first;
  try {
    return parseKubeconfig(await readFile(absolute, "utf8"), dirname(absolute));
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

function parseKubeconfig(text: string, directory: string): Kubeconfig {
  const read = readYaml(text);
  const map = (typeof read === "object" && read !== null ? read : {}) as PropertyMap;
  const list = (key: string) => (isList(map[key]) ? map[key].filter(isMap) : []);
  return {
    text,
    directory,
    clusters: list("clusters"),
    contexts: list("contexts"),
    users: list("users"),
    currentContext: typeof map["current-context"] === "string" ? map["current-context"] : "",
  };
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new Unreachable("expected a kubeconfig in YAML or JSON, and it can't be read as such", { cause });
  }
}

function entry(list: readonly Named[], name: Value | undefined, key: string): Named | undefined {
  const inner = list.find((each) => each["name"] === name)?.[key];
  return isMap(inner) ? inner : undefined;
}

/** The cluster that a provider's inputs lead to; what tells one cluster from another. */
export function activeCluster(config: Kubeconfig | undefined, inputs: PropertyMap): Named | undefined {
  if (!config) return undefined;
  const context = entry(config.contexts, inputs["context"] ?? config.currentContext, "context");
  return context && entry(config.clusters, inputs["cluster"] ?? context["cluster"], "cluster");
}

export function connect(config: Kubeconfig | undefined, inputs: PropertyMap): Connection {
  const contextName = inputs["context"] ?? config?.currentContext ?? "";
  const context = config && entry(config.contexts, contextName, "context");
  const cluster = activeCluster(config, inputs);
  const server = cluster?.["server"];
  if (!config || !context || !cluster || typeof server !== "string")
    throw new Unreachable(
      `expected a kubeconfig with context ${JSON.stringify(contextName)}, found ${config ? "none of that name" : "no kubeconfig"}`,
    );
  const user = entry(config.users, context["user"], "user") ?? {};
  const file = (name: string, source: Named) => dataOrFile(source, name, config.directory);
  return {
    server,
    tls: {
      ca: file("certificate-authority", cluster),
      cert: file("client-certificate", user),
      key: file("client-key", user),
      rejectUnauthorized: cluster["insecure-skip-tls-verify"] !== true,
      ...(typeof cluster["tls-server-name"] === "string" && { servername: cluster["tls-server-name"] }),
    },
    authorization: authorizer(config, user, String(contextName)),
    namespace:
      typeof context["namespace"] === "string" && context["namespace"] !== "" ? context["namespace"] : "default",
  };
}

function dataOrFile(source: Named, name: string, directory: string): Buffer | undefined {
  const data = source[`${name}-data`];
  if (typeof data === "string") return Buffer.from(data, "base64");
  const path = source[name];
  return typeof path === "string" ? readFileSync(isAbsolute(path) ? path : join(directory, path)) : undefined;
}

function authorizer(config: Kubeconfig, user: Named, context: string): Connection["authorization"] {
  const { token, tokenFile, username, password } = user;
  if (user["exec"] !== undefined || user["auth-provider"] !== undefined) return byPlugin(config, context);
  if (typeof tokenFile === "string")
    return async () => ({
      authorization: `Bearer ${(await readFile(join(config.directory, tokenFile), "utf8")).trim()}`,
    });
  if (typeof token === "string") return () => Promise.resolve({ authorization: `Bearer ${token}` });
  if (typeof username === "string")
    return () =>
      Promise.resolve({
        authorization: `Basic ${Buffer.from(`${username}:${String(password ?? "")}`).toString("base64")}`,
      });
  return () => Promise.resolve({});
}

/** Credentials from a program, such as `aws eks get-token`: the client library knows how, and is loaded only for that. */
function byPlugin(config: Kubeconfig, context: string): Connection["authorization"] {
  return async (): Promise<Record<string, string>> => {
    const { KubeConfig } = await import("@kubernetes/client-node");
    const loaded = new KubeConfig();
    loaded.loadFromString(config.text);
    loaded.setCurrentContext(context);
    const options: { headers: Record<string, string> } = { headers: {} };
    await loaded.applyToHTTPSOptions(options as never);
    const authorization = options.headers["Authorization"] ?? options.headers["authorization"];
    return authorization === undefined ? {} : { authorization };
  };
}
