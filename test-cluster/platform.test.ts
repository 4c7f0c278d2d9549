import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { kubeconfig as plannedKubeconfig } from "../platform/control-plane/settings.ts";
import { TestTeal } from "../test/e2e/teal.ts";
import { exampleNames, keyOf, runAlb, runExample, type Made } from "../test/platform/program.ts";
import { makeCluster, type TestCluster, tealOn } from "./ground.ts";
import { areToBeHad, type Definition, definitions } from "./platform/definitions.ts";

interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** Kinds whose definitions are to be had nowhere that this machine reaches. */
const unchecked = ["TargetGroupBinding", "IngressClassParams"];

/** Every Kubernetes object of a stack that isn't a chart's, as it would be applied. */
function objectsOf(made: Made[]): KubernetesObject[] {
  return made
    .filter(({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/"))
    .map((one) => ({ key: keyOf(one), object: one.inputs as unknown as KubernetesObject }))
    .filter(({ object }) => !unchecked.includes(object.kind))
    .map(({ key, object }) => {
      assert.ok(object.kind && object.apiVersion, key);
      return object;
    });
}

describe("what the platform stack puts into a cluster, on a real API server", function () {
  this.timeout(240_000);
  let cluster: TestCluster;
  const kubectl = async (...args: string[]) =>
    promisify(execFile)(cluster.kubectl, ["--kubeconfig", cluster.kubeconfig, ...args], { maxBuffer: 2 ** 26 });
  const apply = async (objects: KubernetesObject[]) => {
    const path = join(cluster.state, "objects.json");
    await writeFile(path, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
    const how = ["--server-side", "--force-conflicts", "--field-manager=platform", "--validate=strict"];
    const { stderr } = await kubectl("apply", ...how, "-f", path);
    // Warnings come by stderr: what is deprecated, given twice, or too much for Pod Security.
    assert.equal(stderr, "");
  };

  before(async function () {
    if (!areToBeHad() && !process.env["CI"]) {
      console.log("    go is not on the PATH, by which definitions of custom resources are fetched: skipped");
      this.skip();
    }
    cluster = await makeCluster();
    await apply(await definitions());
    await served();
  });
  after(() => cluster?.remove());

  /** Waits until the API server serves what was defined; one that is new has no status yet, which kubectl wait can't take. */
  async function served(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const { items } = JSON.parse((await kubectl("get", "crd", "-o", "json")).stdout) as { items: Definition[] };
      const isServed = ({ status }: Definition) =>
        status?.conditions?.some(({ type, status: is }) => type === "Established" && is === "True");
      if (items.every(isServed)) return;
      await delay(200);
    }
    assert.fail("the definitions are not served within 20 s");
  }

  for (const example of exampleNames) {
    it(`takes every object of ${example}, strictly`, async () => {
      const objects = objectsOf((await runExample(example)).made);
      // What a class of volumes says can't be changed: each example gets its own.
      await kubectl("delete", "storageclass", "--all");
      const isNamespace = ({ kind }: KubernetesObject) => kind === "Namespace";
      await apply(objects.filter(isNamespace));
      await apply(objects.filter((object) => !isNamespace(object)));
      const kinds = new Set(objects.map(({ kind }) => kind));
      const expected = [
        "Deployment",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "NetworkPolicy",
        "ValidatingAdmissionPolicy",
        "ExternalSecret",
        "Gateway",
        "EnvoyProxy",
      ];
      if (example !== "develop") expected.push("PrometheusRule", "PodMonitor", "ServiceMonitor", "ClusterImagePolicy");
      for (const kind of expected) assert.ok(kinds.has(kind), kind);
    });
  }

  it("takes every object of production with routing alb-ingress, strictly", async () => {
    const objects = objectsOf((await runAlb()).made);
    await kubectl("delete", "storageclass", "--all");
    const isNamespace = ({ kind }: KubernetesObject) => kind === "Namespace";
    await apply(objects.filter(isNamespace));
    await apply(objects.filter((object) => !isNamespace(object)));
    const kinds = new Set(objects.map(({ kind }) => kind));
    for (const kind of ["Ingress", "IngressClass", "ClusterRole"]) assert.ok(kinds.has(kind), kind);
  });

  it("gives pods of Teal's what Pod Security asks of them", async () => {
    // A Deployment is taken whatever its pods are; a pod that isn't as restricted as its namespace asks is refused.
    const { made } = await runExample("production");
    for (const part of ["teal-server", "teal-worker"]) {
      const deployment = made.find(({ type, name }) => type === "kubernetes:apps/v1:Deployment" && name === part)!;
      const { template } = deployment.inputs["spec"] as { template: { metadata: object; spec: object } };
      const pod = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...template.metadata, name: part, namespace: "teal-system" },
        spec: template.spec,
      };
      await apply([pod]);
      await kubectl("delete", "pod", part, "-n", "teal-system", "--wait=false");
    }
  });

  it("lets Teal work: as its service account, with the settings of its Deployment, under its own rights", async () => {
    const { made } = await runExample("production");
    const token = join(cluster.state, "token");
    await writeFile(token, (await kubectl("create", "token", "teal", "-n", "teal-system")).stdout);
    const path = await inClusterKubeconfig(cluster, token);
    const teal = new TestTeal({ ...tealOn(cluster), ...plannedSettings(made), KUBECONFIG: path });
    try {
      await teal.start();
      const digest = `sha256:${"a".repeat(64)}`;
      const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/teal-production/shop@${digest}`;
      const environment = "/v1/environments/production";
      const release = await teal.call("POST", `${environment}/releases`, { version: "1.0.0", image });
      assert.equal(release.status, 201, JSON.stringify(release.body));
      const accepted = await teal.accepted("POST", `${environment}/tenants`, {
        id: "acme",
        name: "Acme",
        release: "1.0.0",
      });
      const end = await teal.ending(accepted);
      assert.equal(end.state, "succeeded", JSON.stringify(end));
      await kubectl("get", "httproute", "app", "-n", "production-acme");
    } finally {
      await teal.stop();
    }
  });
});

/** The settings that Teal's server is given there, but for those that only AWS has. */
function plannedSettings(made: Made[]): Record<string, string> {
  const deployment = made.find(({ type, name }) => type === "kubernetes:apps/v1:Deployment" && name === "teal-server")!;
  const { spec } = (
    deployment.inputs["spec"] as { template: { spec: { containers: [{ env: { name: string; value: string }[] }] } } }
  ).template;
  const given = Object.fromEntries(spec.containers[0].env.map(({ name, value }) => [name, value]));
  const own = ["TEAL_TARGET", "TEAL_ENVIRONMENTS", "TEAL_DOMAIN"];
  return Object.fromEntries(own.map((name) => [name, given[name]!]));
}

/** The planned kubeconfig, with this cluster's address and the token's place here. */
async function inClusterKubeconfig(cluster: TestCluster, token: string): Promise<string> {
  const admin = parse(await readFile(cluster.kubeconfig, "utf8")) as {
    clusters: [{ cluster: Record<string, string> }];
  };
  const config = plannedKubeconfig();
  const exec = config.users[0]!.user.exec;
  const here = {
    ...config,
    clusters: [{ name: config.clusters[0]!.name, cluster: admin.clusters[0].cluster }],
    users: [
      {
        name: "teal",
        user: {
          exec: {
            ...exec,
            command: process.execPath,
            args: [join(import.meta.dirname, "..", "start", "clusterToken.ts"), token],
          },
        },
      },
    ],
  };
  const path = join(cluster.state, "in-cluster.kubeconfig");
  await writeFile(path, stringify(here), { mode: 0o600 });
  return path;
}
