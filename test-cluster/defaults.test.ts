import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { createAuthority } from "../x509/authority.ts";
import { type Cluster, startCluster, stopCluster } from "../cluster/cluster.ts";

const run = promisify(execFile);

/** What the control plane's defaults keep out, tried on a cluster of its own. Builds it first, if need be. */
describe("the cluster's defaults", function () {
  this.timeout(45 * 60_000);
  let state: string;
  let cluster: Cluster;
  const kubectl = async (kubeconfig: string, ...args: string[]): Promise<string> =>
    (await run(cluster.kubectl, ["--kubeconfig", kubeconfig, ...args])).stdout;
  const apply = async (kubeconfig: string, object: object): Promise<string> => {
    const running = run(cluster.kubectl, ["--kubeconfig", kubeconfig, "create", "--validate=strict", "-f", "-"]);
    running.child.stdin?.end(JSON.stringify(object));
    return (await running).stdout;
  };

  before(async () => {
    state = await mkdtemp(join(tmpdir(), "teal-cluster-"));
    cluster = await startCluster({ state, port: 0, log: (line) => console.log(`    ${line}`) });
  });
  after(async () => {
    await stopCluster(state);
    await rm(state, { recursive: true });
  });

  it("says which version it is, and has Teal's gateway", async () => {
    assert.match(await kubectl(cluster.kubeconfig, "version"), /Server Version: v\d+\.\d+\.\d+\n/);
    assert.match(await kubectl(cluster.kubeconfig, "get", "-n", "teal-system", "gateway", "teal"), /teal/);
  });

  it("answers nobody without a certificate of its own authority", async () => {
    const stranger = createAuthority("teal-cluster").issue({
      commonName: "teal-admin",
      organization: "system:masters",
      usages: ["client"],
    });
    assert.equal(await statusOf(cluster, {}), 401);
    assert.equal(await statusOf(cluster, { cert: stranger.certificate, key: stranger.key }), 401);
  });

  it("keeps the cluster's users out of etcd", async () => {
    const { etcd } = JSON.parse(await readFile(join(state, "ports.json"), "utf8")) as { etcd: number };
    const read = (name: string): Promise<string> => readFile(join(state, "credentials", name), "utf8");
    const ca = await read("etcd-ca.crt");
    const as = async (cert: string, key: string): Promise<string> => {
      const socket = connect({ host: "127.0.0.1", port: etcd, ca, cert, key });
      socket.write("GET /version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
      let body = "";
      for await (const part of socket.setEncoding("utf8")) body += part;
      return body;
    };
    assert.match(await as(await read("apiserver-to-etcd.crt"), await read("apiserver-to-etcd.key")), /etcdserver/);
    const config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfig);
    const { certData = "", keyData = "" } = config.getCurrentUser() ?? {};
    const [cert, key] = [certData, keyData].map((data) => Buffer.from(data, "base64").toString());
    // Being refused may show as an error or as silence.
    assert.equal(await as(cert!, key!).catch(() => ""), "");
  });

  it("encrypts Secrets at rest", async () => {
    const marker = "findable-in-the-clear";
    const data = (kind: string): object => ({
      apiVersion: "v1",
      kind,
      metadata: { name: "marked", namespace: "default" },
      [kind === "Secret" ? "stringData" : "data"]: { key: `${marker}-${kind}` },
    });
    await apply(cluster.kubeconfig, data("ConfigMap"));
    await apply(cluster.kubeconfig, data("Secret"));
    const found = async (text: string): Promise<boolean> =>
      run("grep", ["-rqF", text, join(state, "etcd")]).then(
        () => true,
        () => false,
      );
    assert.ok(await found(`${marker}-ConfigMap`), "the search should find what is not encrypted");
    assert.ok(!(await found(`${marker}-Secret`)));
    assert.ok(!(await found(Buffer.from(`${marker}-Secret`).toString("base64"))));
  });

  it("lets a node's identity act for that node only", async () => {
    await kubectl(cluster.nodeKubeconfig, "label", "node", "node-1", "example.test/own=yes");
    const other = { apiVersion: "v1", kind: "Node", metadata: { name: "node-2" } };
    await assert.rejects(apply(cluster.nodeKubeconfig, other), /is not allowed to modify node "node-2"/);
    await assert.rejects(kubectl(cluster.nodeKubeconfig, "get", "secrets", "-A"), /Forbidden/);
  });

  it("refuses a pod that its namespace's Pod Security level does not allow", async () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "root", namespace: "teal-system" },
      spec: { containers: [{ name: "a", image: "a", securityContext: { privileged: true } }] },
    };
    await assert.rejects(apply(cluster.kubeconfig, pod), /violates PodSecurity "restricted:latest": privileged/);
  });

  it("writes refusals and their reason to the audit log", async () => {
    await assert.rejects(kubectl(cluster.schedulerKubeconfig, "delete", "namespace", "audited"), /Forbidden/);
    const lines = (await readFile(cluster.auditLog, "utf8")).split("\n").filter((line) => line.includes("audited"));
    assert.ok(lines.some((line) => line.includes('"authorization.k8s.io/decision":"forbid"')));
    assert.equal((await stat(cluster.auditLog)).mode & 0o777, 0o600);
  });

  it("comes back where it was after its API server was away", async () => {
    assert.deepEqual(await stopCluster(state, ["kube-apiserver"]), ["kube-apiserver"]);
    await assert.rejects(kubectl(cluster.kubeconfig, "get", "namespaces"), /refused/);
    assert.deepEqual(await startCluster({ state, port: 0 }), cluster);
    const config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfig);
    const { data } = await config
      .makeApiClient(CoreV1Api)
      .readNamespacedConfigMap({ name: "marked", namespace: "default" });
    assert.equal(data?.["key"], "findable-in-the-clear-ConfigMap");
  });
});

async function statusOf(cluster: Cluster, credentials: { cert?: string; key?: string }): Promise<number | undefined> {
  const config = new KubeConfig();
  config.loadFromFile(cluster.kubeconfig);
  const ca = Buffer.from(config.getCurrentCluster()?.caData ?? "", "base64");
  return new Promise((resolve, reject) => {
    const sent = request(`${cluster.server}/version`, { ca, ...credentials }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject).end();
  });
}
