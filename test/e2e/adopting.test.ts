import assert from "node:assert/strict";
import { request } from "node:http";
import { KubeConfig, KubernetesObjectApi, type KubernetesObject } from "@kubernetes/client-node";
import type { AdoptionPreview } from "../../model/adopting.ts";
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

const tenants = "/v1/environments/develop/tenants";
const adopt = `${tenants}/shop/adopt`;
const body = { name: "Shop", release: "1.0.0", from: { namespace }, reason: "to be managed by Teal" };

describe("a customer who has been there before Teal", () => {
  const teal = new TestTeal();
  let api: KubernetesObjectApi;

  before(async () => {
    await teal.start();
    await teal.release("1.0.0");
    const config = new KubeConfig();
    config.loadFromFile(teal.administrator);
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

  it("is refused where it would be cut, or there is nothing to move", async () => {
    const refused = async (change: object, why: RegExp) => {
      const { status, body: problem } = await teal.call("POST", adopt, { ...body, ...change });
      assert.deepEqual([status, problem["code"]], [409, "nothing_to_adopt"], JSON.stringify(problem));
      assert.match(String(problem["detail"]), why);
    };
    await refused({ from: { namespace: "nowhere" } }, /no such namespace/);
    await refused({ from: { namespace: "teal-system" } }, /no HTTPRoute/);
    await refused({ hostnames: ["other.example.com"] }, /other\.example\.com/);
    assert.equal((await teal.call("GET", `${tenants}/shop`)).status, 404);
  });

  it("is moved under Teal beside what there is: no pod restarts, and no request fails", async () => {
    const pods = await uids();
    assert.equal(pods.length, 2);
    const watched = watch();
    const shown = await teal.accepted<AdoptionPreview>("POST", `${adopt}/preview`, body);
    assert.deepEqual([shown.updates, shown.replaces, shown.deletes, shown.hostnames], [0, 0, 0, [hostname]]);
    assert.ok(shown.creates > 5);
    assert.deepEqual(shown.found.workloads, [{ name: "shop", replicas: 2, images: ["teal/app:0.5.0"] }]);
    assert.match(shown.notes.join(), /routes are older/);
    const headers = { "idempotency-key": "adopts-the-shop" };
    const operation = await teal.accepted("POST", adopt, body, headers);
    assert.equal((await teal.accepted("POST", adopt, body, headers)).id, operation.id);
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
    const again = await teal.call("POST", adopt, body);
    assert.deepEqual([again.status, again.body["code"]], [409, "nothing_to_adopt"]);
    const own = { ...body, from: { namespace: "develop-shop" } };
    const teals = await teal.call("POST", `${tenants}/another/adopt`, own);
    assert.match(String(teals.body["detail"]), /tenant of Teal's already/);
  });
});
