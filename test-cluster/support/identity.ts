import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { stringify } from "yaml";

/** What the API server said: its status code, and the message of a refusal. */
export interface Answer {
  code: number;
  message: string;
  body: Record<string, unknown>;
}

export interface Asked {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With its query, if it has one. */
  path: string;
  body?: object;
  /** Of a PATCH; a merge patch unless given. */
  mediaType?: string;
}

export type Ask = (asked: Asked, options?: { dryRun: boolean }) => Promise<Answer>;

/** Who asks: somebody with a token; or a user, by the administrator's right to impersonate. */
export type Who = { token: string } | { user: string } | "administrator";

/** Requests of one identity. Everything that writes is checked strictly: a field that no kind has is refused. */
export function identity(kubeconfig: string, who: Who): Ask {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const { server, caData } = config.getCurrentCluster()!;
  const { certData, keyData } = config.getCurrentUser()!;
  const decode = (data: string | undefined) => Buffer.from(data ?? "", "base64");
  const certificate = { cert: decode(certData), key: decode(keyData) };
  const withToken = typeof who === "object" && "token" in who;
  const agent = new Agent({ ca: decode(caData), ...(!withToken && certificate), keepAlive: false });
  const says = withToken ? { authorization: `Bearer ${who.token}` } : typeof who === "object" ? asUser(who.user) : {};

  return ({ method, path, body, mediaType }, { dryRun } = { dryRun: false }) =>
    new Promise((resolve, reject) => {
      const url = new URL(path, server);
      if (method !== "GET") url.searchParams.set("fieldValidation", "Strict");
      if (dryRun) url.searchParams.set("dryRun", "All");
      const json = method === "PATCH" ? (mediaType ?? "application/merge-patch+json") : "application/json";
      const headers = { ...says, accept: "application/json", "content-type": json };
      const sent = request(url, { method, agent, headers, timeout: 15_000 }, async (response) => {
        let text = "";
        for await (const part of response.setEncoding("utf8")) text += part;
        resolve(answerOf(response.statusCode ?? 0, text));
      });
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

function asUser(name: string): Record<string, string> {
  return { "impersonate-user": name, "impersonate-group": "system:authenticated" };
}

function answerOf(code: number, text: string): Answer {
  const body = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { code, body, message: typeof body["message"] === "string" ? body["message"] : text.slice(0, 300) };
}

/** A fresh token of a service account, by TokenRequest. */
export async function tokenOf(administrator: Ask, namespace: string, name: string): Promise<string> {
  const { code, message, body } = await administrator({
    method: "POST",
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 3600 } },
  });
  if (code !== 201) throw new Error(`There is no token for ${namespace}/${name}: ${message}`);
  return (body["status"] as { token: string }).token;
}

/** The kubeconfig of somebody with a token, for the same cluster as the given one. */
export async function kubeconfigWith(kubeconfig: string, token: string): Promise<string> {
  const config = new KubeConfig();
  config.loadFromString(await readFile(kubeconfig, "utf8"));
  const { server, caData } = config.getCurrentCluster()!;
  const name = "with-token";
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, "certificate-authority-data": caData } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}
