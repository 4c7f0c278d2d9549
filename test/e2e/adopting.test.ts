import assert from "node:assert/strict";
import { request } from "node:http";
import { KubeConfig, KubernetesObjectApi, type KubernetesObject } from "@kubernetes/client-node";
import { TestTeal, until } from "./teal.ts";

const namespace = "shop";
const hostname = "shop.example.com";
const labels = { app: "shop" };
const port = 8080;

/** What somebody made by hand, long before there was Teal. */
const existing = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "shop", namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "app", image: "teal/app:0.5.0", ports: [{ containerPort: port }] }] },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop", namespace },
    spec: { selector: labels, ports: [{ port: 80, targetPort: port }] },
  },
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "shop", namespace },
    spec: {
      parentRefs: [{ name: "teal", namespace: "teal-system" }],
      hostnames: [hostname],
      rules: [{ backendRefs: [{ name: "shop", port: 80 }] }],
    },
  },
];

describe("a customer who has been there before Teal", () => {
  const teal = new TestTeal();
  let api: KubernetesObjectApi;

  before(async () => {
    await teal.start();
    await teal.release("1.0.0");
    const config = new KubeConfig();
    config.loadFromFile(teal.kubeconfig);
    api = KubernetesObjectApi.makeApiClient(config);
    for (const object of existing) await api.create(object as KubernetesObject);
    await until("the shop to be served", async () => (await visit().catch(() => null)) === "0.5.0");
  });
  after(() => teal.stop());

  /** The version that answers for the shop. */
  const visit = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const to = { host: "127.0.0.1", port: teal.gatewayPort, headers: { host: hostname }, timeout: 10_000 };
      const sent = request(to, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("error", reject);
        response.on("end", () =>
          response.statusCode === 200
            ? resolve((JSON.parse(text) as { version: string }).version)
            : reject(new Error(`${response.statusCode} ${text}`)),
        );
      });
      sent.on("timeout", () => sent.destroy(new Error("no answer in 10 s")));
      sent.on("error", reject);
      sent.end();
    });

  /** Requests that never stop: each version that answered, in the order in which they followed each other, and failures. */
  const watch = () => {
    const [versions, failures]: [string[], string[]] = [[], []];
    let going = true;
    const loop = (async () => {
      while (going) {
        await visit().then(
          (version) => versions.at(-1) === version || versions.push(version),
          (error: Error) => failures.push(error.message),
        );
        await new Promise((done) => setTimeout(done, 5));
      }
    })();
    const stop = async () => {
      going = false;
      await loop;
      return { versions, failures };
    };
    teal.cleanups.push(stop);
    return { versions, stop };
  };
  const uids = async () => {
    const { items } = await api.list("v1", "Pod", namespace);
    return items.map(({ metadata }) => metadata!.uid!).sort();
  };

  it("is moved under Teal beside what there is: no pod restarts, and no request fails", async () => {
    const pods = await uids();
    assert.equal(pods.length, 2);
    const watched = watch();
    const preview = { id: "shop", name: "Shop", release: "1.0.0", hostnames: [hostname] };
    const path = "/v1/environments/develop/tenants";
    const { updates, replaces, deletes } = await teal.accepted<Record<string, number>>(
      "POST",
      `${path}/shop/preview`,
      preview,
    );
    assert.deepEqual([updates, replaces, deletes], [0, 0, 0]);
    const operation = await teal.accepted("POST", path, preview);
    const { state, outcome } = await teal.ending(operation);
    assert.equal(state, "succeeded", JSON.stringify(outcome));
    assert.equal((await teal.visit("shop")).body.version, "1.0.0");
    assert.deepEqual([...watched.versions], ["0.5.0"], "the older route of a host name has its requests");
    assert.deepEqual(await uids(), pods);

    const route = existing.at(-1) as KubernetesObject;
    await api.delete(route);
    await until("Teal to serve the shop", () => watched.versions.at(-1) === "1.0.0");
    assert.deepEqual(await uids(), pods);
    const { versions, failures } = await watched.stop();
    assert.deepEqual([versions, failures], [["0.5.0", "1.0.0"], []]);
    const { drifted, items } = await teal.drift("shop");
    assert.deepEqual([drifted, items], [false, []]);
  });
});
