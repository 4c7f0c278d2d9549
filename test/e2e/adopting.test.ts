import assert from "node:assert/strict";
import { request } from "node:http";
import { ApiException, KubeConfig, KubernetesObjectApi, type KubernetesObject } from "@kubernetes/client-node";
import type { AdoptionPreview } from "../../model/adopting.ts";
import type { OperationView } from "../../model/views.ts";
import { TestTeal, until } from "./teal.ts";

const port = 8080;
const routeOf = (namespace: string, name: string, hostnames: string[], service = "shop") => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name, namespace, labels: { made: "by-hand" } },
  spec: {
    parentRefs: [{ name: "teal", namespace: "teal-system" }],
    hostnames,
    rules: [{ backendRefs: [{ name: service, port: 80 }] }],
  },
});

/** What somebody made by hand, long before there was Teal. */
const existing = (namespace: string, routes: KubernetesObject[]): KubernetesObject[] => {
  const labels = { app: "shop" };
  const container = { name: "app", image: "teal/app:0.5.0", ports: [{ containerPort: port }] };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "shop", namespace },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    } as KubernetesObject,
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "shop", namespace },
      spec: { selector: labels, ports: [{ port: 80, targetPort: port }] },
    } as KubernetesObject,
    ...routes,
  ];
};

const tenants = "/v1/environments/develop/tenants";
const bodyOf = (namespace: string, more: object = {}) => ({
  name: "Shop",
  from: { namespace },
  reason: "to be managed by Teal",
  ...more,
});

describe("a customer who has been there before Teal", function () {
  this.timeout(120_000);
  const teal = new TestTeal();
  let api: KubernetesObjectApi;

  before(async () => {
    await teal.start();
    await teal.release("1.0.0");
    await teal.release("2.0.0");
    const config = new KubeConfig();
    config.loadFromFile(teal.administrator);
    api = KubernetesObjectApi.makeApiClient(config);
  });
  after(() => teal.stop());

  const make = async (namespace: string, routes: KubernetesObject[], hostname: string) => {
    for (const object of existing(namespace, routes)) await api.create(object);
    await until("the shop to be served", async () => (await visit(hostname).catch(() => null)) === "0.5.0");
  };
  const there = async (object: KubernetesObject) =>
    await api.read(object as Parameters<typeof api.read>[0]).catch((error: unknown) => {
      if (error instanceof ApiException && error.code === 404) return null;
      throw error;
    });
  const grantOf = (namespace: string, tenant: string) => ({
    apiVersion: "gateway.networking.k8s.io/v1beta1",
    kind: "ReferenceGrant",
    metadata: { name: `teal-develop-${tenant}`, namespace },
  });

  /** The version that answers for the host name. */
  const visit = (hostname: string): Promise<string> =>
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
  const watch = (hostname: string) => {
    const [versions, failures]: [string[], string[]] = [[], []];
    let going = true;
    const loop = (async () => {
      while (going) {
        await visit(hostname).then(
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
  const uids = async (namespace: string) => {
    const { items } = await api.list("v1", "Pod", namespace);
    return items.map(({ metadata }) => metadata!.uid!).sort();
  };
  const succeeds = async (operation: OperationView) => {
    const { state, outcome } = await teal.ending(operation);
    assert.equal(state, "succeeded", JSON.stringify(outcome));
  };
  const refused = async (path: string, body: object, code: string, why: RegExp) => {
    const { status, body: problem } = await teal.call("POST", `${tenants}/${path}`, body);
    assert.deepEqual([status, problem["code"]], [409, code], JSON.stringify(problem));
    assert.match(String(problem["detail"]), why);
  };

  it("is refused where it would be cut, or answered otherwise", async () => {
    const odd = {
      ...routeOf("odd", "odd", ["odd.example.com"]),
      spec: {
        ...routeOf("odd", "odd", ["odd.example.com"]).spec,
        rules: [{ backendRefs: [{ name: "shop", port: 80 }], timeouts: { request: "10s" } }],
      },
    };
    await make("odd", [odd], "odd.example.com");
    await refused("odd/adopt", bodyOf("nowhere"), "nothing_to_adopt", /no such namespace/);
    await refused("odd/adopt", bodyOf("teal-system"), "nothing_to_adopt", /no HTTPRoute/);
    const other = bodyOf("odd", { hostnames: ["other.example.com"] });
    await refused("odd/adopt", other, "nothing_to_adopt", /other\.example\.com/);
    await refused("odd/adopt", bodyOf("odd"), "adoption_unsafe", /its rule has timeouts/);
    assert.equal((await teal.call("GET", `${tenants}/odd`)).status, 404);
  });

  it("becomes the live slot in place, goes back, and is replaced by an ordinary rollout: no request fails", async () => {
    const [namespace, hostname] = ["shop", "shop.example.com"];
    const route = routeOf(namespace, "shop", [hostname]);
    await make(namespace, [route], hostname);
    const pods = await uids(namespace);
    const watched = watch(hostname);

    const shown = await teal.accepted<AdoptionPreview>("POST", `${tenants}/shop/adopt/preview`, bodyOf(namespace));
    assert.deepEqual([shown.updates, shown.replaces, shown.deletes], [0, 0, 0]);
    assert.deepEqual(shown.adopts, { namespace, service: "shop", port: 80 });
    assert.deepEqual(shown.takes, [{ route: "shop", hostnames: [hostname], removed: true }]);
    assert.ok(!shown.steps.some(({ type }) => /Deployment|:Service$/.test(type)), "makes workloads");
    assert.ok(await there(route), "a preview takes nothing");

    const headers = { "idempotency-key": "adopts-the-shop" };
    const adoption = await teal.accepted("POST", `${tenants}/shop/adopt`, bodyOf(namespace), headers);
    await succeeds(adoption);
    const again = await teal.accepted("POST", `${tenants}/shop/adopt`, bodyOf(namespace), headers);
    assert.equal(again.id, adoption.id);
    assert.equal(await there(route), null, "its host name is taken");
    const tenant = await teal.tenant("shop");
    assert.deepEqual(tenant.adopted, { color: "blue", namespace, service: "shop", port: 80 });
    assert.deepEqual([tenant.release, tenant.slots], [null, { blue: null, green: null }]);
    assert.equal((await teal.visit("shop")).body.version, "0.5.0");
    assert.deepEqual(await teal.drift("shop").then(({ drifted, message }) => [drifted, message]), [false, undefined]);

    for (const [action, more] of [["restart", {}] as const, ["scale", { replicas: 2 }] as const])
      await refused(`shop/${action}`, { reason: "a test", ...more }, "not_provisioned", /No release/);
    const patched = await teal.call<OperationView>(
      "PATCH",
      `${tenants}/shop`,
      { config: { GREETING: "hi" } },
      {
        "if-match": `"${tenant.revision}"`,
      },
    );
    assert.equal(patched.status, 202, JSON.stringify(patched.body));
    await succeeds(patched.body);
    assert.deepEqual([...watched.versions], ["0.5.0"]);

    // The way back before any release.
    await succeeds(await teal.accepted("DELETE", `${tenants}/shop?reason=not%20yet`));
    const given = await there(route);
    assert.deepEqual(given?.metadata?.labels, { made: "by-hand" });
    assert.equal(await there(grantOf(namespace, "shop")), null);
    assert.equal(await visit(hostname), "0.5.0");

    await succeeds(await teal.accepted("POST", `${tenants}/shop/adopt`, bodyOf(namespace)));
    const turned = await teal.rollout("shop", "1.0.0", { steps: [50, 100], holdSeconds: 600 });
    await teal.when(turned, "holding", ({ phase }) => phase === "holding");
    await until("the release to have all requests", () => watched.versions.at(-1) === "1.0.0");
    await teal.accepted("POST", `${tenants}/shop/rollback`, { reason: "a test" });
    assert.equal((await teal.ending(turned)).state, "rolled-back");
    assert.equal(await visit(hostname), "0.5.0");
    assert.equal((await teal.tenant("shop")).adopted?.color, "blue");

    await succeeds(await teal.rollout("shop", "2.0.0", { steps: [50, 100] }));
    assert.equal(await visit(hostname), "2.0.0");
    const after = await teal.tenant("shop");
    assert.deepEqual([after.adopted, after.live, after.release], [undefined, "green", "2.0.0"]);
    assert.equal(after.slots.blue?.release, "2.0.0");
    assert.equal(await there(grantOf(namespace, "shop")), null, "nothing leads there any more");
    assert.deepEqual(await uids(namespace), pods, "a pod there was restarted, or removed");
    assert.equal((await teal.drift("shop")).drifted, false);
    const { versions, failures } = await watched.stop();
    assert.deepEqual(failures, []);
    assert.deepEqual([versions[0], versions.at(-1)], ["0.5.0", "2.0.0"]);
  });

  it("leaves the host names to the old route where it is to, and what is on volumes only knowingly", async () => {
    const [namespace, hostname] = ["careful", "careful.example.com"];
    const route = routeOf(namespace, "shop", [hostname]);
    await make(namespace, [route], hostname);
    const watched = watch(hostname);
    const claim = {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "orders", namespace },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    };
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "keeper", namespace },
      spec: {
        containers: [{ name: "app", image: "teal/app:0.5.0" }],
        volumes: [{ name: "orders", persistentVolumeClaim: { claimName: "orders" } }],
      },
    };
    await api.create(claim as KubernetesObject);
    await api.create(pod as KubernetesObject);
    await refused("careful/adopt", bodyOf(namespace), "adoption_unsafe", /orders/);

    const wanted = bodyOf(namespace, { takesHostnames: false, leavesVolumes: true });
    const shown = await teal.accepted<AdoptionPreview>("POST", `${tenants}/careful/adopt/preview`, wanted);
    assert.deepEqual([shown.takes, shown.found.claims], [[], ["orders"]]);
    await succeeds(await teal.accepted("POST", `${tenants}/careful/adopt`, wanted));
    assert.ok(await there(route));
    await api.delete(route as KubernetesObject);
    await until("Teal's route to be the only one", async () => (await there(route)) === null);
    const cut = await teal.call("DELETE", `${tenants}/careful?reason=not%20yet`);
    assert.deepEqual([cut.status, cut.body["code"]], [409, "hostnames_unserved"], JSON.stringify(cut.body));
    // By hand means that the way back is by hand, too.
    await api.create(route as KubernetesObject);
    await succeeds(await teal.accepted("DELETE", `${tenants}/careful?reason=not%20yet`));
    assert.equal(await visit(hostname), "0.5.0");
    const { versions, failures } = await watched.stop();
    assert.deepEqual([versions, failures], [["0.5.0"], []]);
  });

  it("is as it was when the adoption is aborted", async () => {
    const [namespace, hostname] = ["aborted", "aborted.example.com"];
    const route = routeOf(namespace, "shop", [hostname, "more.example.com"]);
    await make(namespace, [route], hostname);
    const watched = watch(hostname);
    const adoption = await teal.accepted("POST", `${tenants}/aborted/adopt`, bodyOf(namespace));
    await teal.when(adoption, "its beginning", ({ state }) => state !== "queued");
    const abort = await teal.call("POST", `/v1/operations/${adoption.id}/abort`, { reason: "a test" });
    assert.ok(abort.status < 300, JSON.stringify(abort.body));
    assert.equal((await teal.ending(adoption)).state, "cancelled");
    const { spec } = (await there(route)) as unknown as typeof route;
    assert.deepEqual(spec.hostnames.toSorted(), [hostname, "more.example.com"]);
    assert.equal(await there({ apiVersion: "v1", kind: "Namespace", metadata: { name: "develop-aborted" } }), null);
    assert.deepEqual((await watched.stop()).failures, []);
  });

  it("is moved under Teal beside what there is: no pod restarts, and no request fails", async () => {
    const [namespace, hostname] = ["beside", "beside.example.com"];
    const route = routeOf(namespace, "shop", [hostname]);
    await make(namespace, [route], hostname);
    const [adopt, body] = [`${tenants}/beside/adopt`, bodyOf(namespace, { release: "1.0.0" })];
    const pods = await uids(namespace);
    assert.equal(pods.length, 2);
    const watched = watch(hostname);
    const shown = await teal.accepted<AdoptionPreview>("POST", `${adopt}/preview`, body);
    assert.deepEqual([shown.updates, shown.replaces, shown.deletes, shown.hostnames], [0, 0, 0, [hostname]]);
    assert.ok(shown.creates > 5);
    assert.deepEqual(shown.found.workloads, [{ name: "shop", replicas: 2, images: ["teal/app:0.5.0"] }]);
    assert.match(shown.notes.join(), /routes are older/);
    const headers = { "idempotency-key": "adopts-beside" };
    const operation = await teal.accepted("POST", adopt, body, headers);
    assert.equal((await teal.accepted("POST", adopt, body, headers)).id, operation.id);
    const { state, outcome } = await teal.ending(operation);
    assert.equal(state, "succeeded", JSON.stringify(outcome));
    assert.equal((await teal.visit("beside")).body.version, "1.0.0");
    assert.deepEqual([...watched.versions], ["0.5.0"], "the older route of a host name has its requests");
    assert.deepEqual(await uids(namespace), pods);

    await api.delete(route);
    await until("Teal to serve the shop", () => watched.versions.at(-1) === "1.0.0");
    assert.deepEqual(await uids(namespace), pods);
    const { versions, failures } = await watched.stop();
    assert.deepEqual([versions, failures], [["0.5.0", "1.0.0"], []]);
    const { drifted, items } = await teal.drift("beside");
    assert.deepEqual([drifted, items], [false, []]);
    const again = await teal.call("POST", adopt, body);
    assert.deepEqual([again.status, again.body["code"]], [409, "nothing_to_adopt"]);
    const own = { ...body, from: { namespace: "develop-beside" } };
    const teals = await teal.call("POST", `${tenants}/another/adopt`, own);
    assert.match(String(teals.body["detail"]), /tenant of Teal's already/);
  });

  it("is adopted through a crash while its host names are taken, of several routes and not all of one", async () => {
    const namespace = "store";
    const hostnames = ["a.example.com", "b.example.com", "c.example.com"];
    const routes = [
      routeOf(namespace, "one", [hostnames[0]!, "kept.example.com"]),
      routeOf(namespace, "two", hostnames.slice(1)),
    ];
    await make(namespace, routes, hostnames[2]!);
    const watched = hostnames.map(watch);
    const kept = watch("kept.example.com");
    const adoption = await teal.accepted("POST", `${tenants}/store/adopt`, bodyOf(namespace, { hostnames }));
    await teal.when(adoption, "its last phase", ({ phase, endedAt }) => phase === "verifying" || endedAt !== undefined);
    await teal.crash();
    await teal.start();
    await succeeds(adoption);
    assert.equal(await there(routes[1]!), null);
    const left = (await there(routes[0]!)) as (KubernetesObject & { spec: { hostnames: string[] } }) | null;
    assert.deepEqual(left?.spec.hostnames, ["kept.example.com"]);

    // It may be shut, by its route, and is served again.
    await Promise.all(watched.map(async ({ stop }) => assert.deepEqual((await stop()).failures, [])));
    await succeeds(await teal.accepted("POST", `${tenants}/store/suspend`, { reason: "a test" }));
    await assert.rejects(visit(hostnames[0]!), /503/);
    await succeeds(await teal.accepted("POST", `${tenants}/store/unsuspend`, { reason: "a test" }));
    const again = hostnames.map(watch);
    const offboarding = await teal.accepted("DELETE", `${tenants}/store?reason=not%20yet`);
    await teal.when(offboarding, "removing", ({ phase, endedAt }) => phase === "removing" || endedAt !== undefined);
    await teal.crash();
    await teal.start();
    await succeeds(offboarding);
    const whole = (await there(routes[0]!)) as typeof left;
    assert.deepEqual(whole?.spec.hostnames.toSorted(), ["a.example.com", "kept.example.com"]);
    for (const one of [...again, kept]) assert.deepEqual((await one.stop()).failures, []);
  });
});
