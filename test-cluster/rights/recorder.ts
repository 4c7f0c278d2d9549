import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent, request } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { stringify } from "yaml";
import { rightsOf } from "./request.ts";

/** Stands before an API server, asks it as somebody, and notes which rights that took. */
export interface Recorder {
  /** Path of a kubeconfig that leads here. */
  kubeconfig: string;
  /** `<verb> <group>/<resource>`, as RBAC names them; of all that was not refused for lack of rights. */
  used: Set<string>;
  close(): Promise<void>;
}

/** @param kubeconfig of whom to ask as, by certificate; @param directory where the recorder's own kubeconfig goes */
export async function record(kubeconfig: string, directory: string): Promise<Recorder> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const [cluster, user] = [config.getCurrentCluster()!, config.getCurrentUser()!];
  const decode = (data: string | undefined) => Buffer.from(data ?? "", "base64");
  const credentials = { ca: decode(cluster.caData), cert: decode(user.certData), key: decode(user.keyData) };
  const agent = new Agent({ ...credentials, keepAlive: true });
  const used = new Set<string>();

  const server = createServer((asked, answer) => {
    const { method = "GET", url = "/", headers } = asked;
    const sent = request(new URL(url, cluster.server), { method, headers, agent }, (response) => {
      const status = response.statusCode ?? 0;
      if (status !== 401 && status !== 403) for (const right of rightsOf(method, url, status)) used.add(right);
      answer.writeHead(status, response.headers);
      // A watch has headers long before it has anything to tell.
      answer.flushHeaders();
      response.pipe(answer);
    });
    pass(asked, answer, sent);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const path = join(directory, `recorded-${(server.address() as AddressInfo).port}.kubeconfig`);
  await writeFile(path, pointingTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), { mode: 0o600 });
  const close = async () => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { kubeconfig: path, used, close };
}

/** The request's body goes on; when either side goes away, so does the other: a watch would stay for ever. */
function pass(asked: IncomingMessage, answer: ServerResponse, sent: ReturnType<typeof request>): void {
  asked.pipe(sent);
  sent.on("error", () => answer.destroy());
  answer.on("close", () => sent.destroy());
}

function pointingTo(server: string): string {
  const name = "recorder";
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    // The client takes plain HTTP only where it is told that TLS need not be checked.
    clusters: [{ name, cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name, user: {} }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}
