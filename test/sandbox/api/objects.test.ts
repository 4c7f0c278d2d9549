import assert from "node:assert/strict";
import { type Answer, TestServer, types } from "./harness.ts";

const said = ({ status, body }: Answer): unknown => [status, body.reason];

describe("sandbox API: objects", () => {
  let server: TestServer;
  let maps: string;
  before(async () => {
    server = await TestServer.start({ controllers: false });
    maps = `/api/v1/namespaces/${await server.namespace("objects")}/configmaps`;
  });
  after(() => server.stop());

  it("creates, reads, replaces and deletes", async () => {
    const created = await server.call("POST", maps, { metadata: { name: "a" }, data: { x: "1" } });
    assert.equal(created.status, 201);
    const { uid, resourceVersion } = created.body.metadata;
    assert.match(uid, /^[0-9a-f-]{36}$/);
    assert.deepEqual(await server.get(`${maps}/a`), created.body);

    const replaced = await server.call("PUT", `${maps}/a`, {
      metadata: { name: "a", resourceVersion },
      data: { x: "2" },
    });
    assert.equal(replaced.status, 200);
    assert.equal(replaced.body.metadata.uid, uid);
    assert.ok(Number(replaced.body.metadata.resourceVersion) > Number(resourceVersion));

    const stale = await server.call("PUT", `${maps}/a`, { metadata: { name: "a", resourceVersion }, data: {} });
    assert.deepEqual(said(stale), [409, "Conflict"]);
    assert.match(stale.body.message, /please apply your changes to the latest version/);

    const gone = await server.call("DELETE", `${maps}/a`);
    assert.deepEqual(gone.body.details, { name: "a", kind: "configmaps", uid });
    assert.deepEqual(said(await server.call("GET", `${maps}/a`)), [404, "NotFound"]);
  });

  it("changes nothing, not even the version, when a write says what is already so", async () => {
    const { metadata } = await server.post(maps, { metadata: { name: "same" }, data: { x: "1" } });
    const again = await server.merge(`${maps}/same`, { data: { x: "1" } });
    assert.equal(again.metadata.resourceVersion, metadata.resourceVersion);
  });

  it("answers as if it had written on a dry run", async () => {
    const answer = await server.call("POST", `${maps}?dryRun=All`, { metadata: { name: "dry" }, data: {} });
    assert.equal(answer.status, 201);
    assert.equal((await server.call("GET", `${maps}/dry`)).status, 404);
    await server.post(maps, { metadata: { name: "wet" } });
    assert.equal((await server.call("DELETE", `${maps}/wet?dryRun=All`)).status, 200);
    assert.equal((await server.call("GET", `${maps}/wet`)).status, 200);
  });

  it("counts generations of what is wanted, and keeps status apart", async () => {
    const path = "/apis/policy/v1/namespaces/objects/poddisruptionbudgets";
    const selector = { matchLabels: { a: "b" } };
    const made = await server.post(path, {
      metadata: { name: "p" },
      spec: { minAvailable: 1, selector },
      status: { currentHealthy: 9 },
    });
    assert.equal(made.metadata.generation, 1);
    assert.equal(made.status.currentHealthy, 0);
    assert.equal((await server.merge(`${path}/p`, { metadata: { labels: { x: "y" } } })).metadata.generation, 1);
    assert.equal((await server.merge(`${path}/p`, { spec: { minAvailable: 2 } })).metadata.generation, 2);
    const reported = await server.merge(`${path}/p/status`, {
      spec: { minAvailable: 7 },
      status: { currentHealthy: 3 },
    });
    assert.deepEqual(
      [reported.spec.minAvailable, reported.status.currentHealthy, reported.metadata.generation],
      [2, 3, 2],
    );
    const ignored = await server.merge(`${path}/p`, { status: { currentHealthy: 0 } });
    assert.equal(ignored.status.currentHealthy, 3);
  });

  it("refuses in the words of a real API server", async () => {
    const refusals: [string, string, unknown, number, string][] = [
      ["POST", "/api/v1/namespaces/missing/configmaps", { metadata: { name: "x" } }, 404, "NotFound"],
      ["POST", maps, { metadata: { name: "Upper" } }, 422, "Invalid"],
      ["POST", maps, { metadata: {} }, 422, "Invalid"],
      ["POST", maps, { metadata: { name: "x" }, data: { a: 1 } }, 400, "BadRequest"],
      ["POST", maps, { kind: "Secret", apiVersion: "v1", metadata: { name: "x" } }, 400, "BadRequest"],
      ["POST", maps, { metadata: { name: "x", namespace: "default" } }, 400, "BadRequest"],
      ["POST", maps, "{", 400, "BadRequest"],
      ["POST", maps, [], 400, "BadRequest"],
      ["POST", "/api/v1/configmaps", { metadata: { name: "x" } }, 405, "MethodNotAllowed"],
      ["POST", "/api/v1/namespaces", { metadata: { name: "objects" } }, 409, "AlreadyExists"],
      ["GET", "/api/v1/nothings", undefined, 404, "NotFound"],
      ["GET", "/apis/nothing.io/v1/x", undefined, 404, "NotFound"],
      ["GET", `${maps}?labelSelector=a%20in`, undefined, 400, "BadRequest"],
      ["GET", `${maps}?fieldSelector=data.x%3D1`, undefined, 400, "BadRequest"],
      ["DELETE", `${maps}/x?dryRun=Some`, undefined, 422, "Invalid"],
      ["PATCH", `${maps}/missing`, {}, 415, "UnsupportedMediaType"],
    ];
    await server.post(maps, { metadata: { name: "missing" } });
    for (const [method, path, body, status, reason] of refusals) {
      assert.deepEqual(said(await server.call(method, path, body)), [status, reason], `${method} ${path}`);
    }
  });

  it("wants the token on everything but health and version", async () => {
    const stranger = { authorization: "Bearer guess" };
    assert.equal((await server.call("GET", "/api", undefined, stranger)).status, 401);
    assert.equal((await server.call("GET", maps, undefined, { authorization: "" })).body.reason, "Unauthorized");
    for (const path of ["/healthz", "/livez", "/readyz", "/version"]) {
      assert.equal((await server.call("GET", path, undefined, stranger)).status, 200);
    }
  });

  it("lists by labels and fields, page by page", async () => {
    for (const [name, tier] of [
      ["l1", "a"],
      ["l2", "b"],
      ["l3", "a"],
    ]) {
      await server.post(maps, { metadata: { name, labels: { set: "list", tier: tier! } } });
    }
    const names = async (query: string): Promise<string[]> =>
      (await server.get(`${maps}?${query}`)).items.map((item: { metadata: { name: string } }) => item.metadata.name);
    assert.deepEqual(await names("labelSelector=set%3Dlist,tier!%3Db"), ["l1", "l3"]);
    assert.deepEqual(await names("labelSelector=set%3Dlist,tier%20in%20(b,c)"), ["l2"]);
    assert.deepEqual(await names("labelSelector=set,!tier"), []);
    assert.deepEqual(await names("fieldSelector=metadata.name%3Dl2"), ["l2"]);
    const first = await server.get(`${maps}?labelSelector=set%3Dlist&limit=2`);
    // With a selector a real server doesn't count what remains.
    assert.deepEqual([first.items.length, first.metadata.remainingItemCount], [2, undefined]);
    assert.equal((await server.get(`${maps}?limit=2`)).metadata.remainingItemCount > 0, true);
    assert.deepEqual(await names(`labelSelector=set%3Dlist&limit=2&continue=${first.metadata.continue}`), ["l3"]);
  });

  it("fills in what clients rely on", async () => {
    const services = "/api/v1/namespaces/objects/services";
    const service = await server.post(services, { metadata: { name: "s" }, spec: { ports: [{ port: 80 }] } });
    assert.match(service.spec.clusterIP, /^127\.96\.\d+\.\d+$/);
    assert.deepEqual(service.spec.ports, [{ port: 80, protocol: "TCP", targetPort: 80 }]);
    const headless = await server.post(services, {
      metadata: { name: "h" },
      spec: { clusterIP: "None", ports: [{ port: 1 }] },
    });
    assert.equal(headless.spec.clusterIP, "None");
    const secret = await server.post("/api/v1/namespaces/objects/secrets", {
      metadata: { name: "s" },
      stringData: { a: "ü" },
    });
    assert.deepEqual([secret.data, secret.type, secret.stringData], [{ a: "w7w=" }, "Opaque", undefined]);
    const namespace = await server.get("/api/v1/namespaces/objects");
    assert.equal(namespace.metadata.labels["kubernetes.io/metadata.name"], "objects");
  });

  it("never changes what may not change", async () => {
    const services = "/api/v1/namespaces/objects/services";
    await server.post(services, { metadata: { name: "fixed" }, spec: { ports: [{ port: 80 }] } });
    await server.post(maps, { metadata: { name: "sealed" }, data: { a: "1" }, immutable: true });
    await server.post("/api/v1/namespaces/objects/secrets", { metadata: { name: "typed" } });
    const changes: [string, object][] = [
      [`${services}/fixed`, { spec: { clusterIP: "127.96.9.9" } }],
      [`${maps}/sealed`, { data: { a: "2" } }],
      ["/api/v1/namespaces/objects/secrets/typed", { type: "other" }],
    ];
    for (const [path, change] of changes) {
      const answer = await server.call("PATCH", path, change, { "content-type": types.merge });
      assert.deepEqual(said(answer), [422, "Invalid"], path);
    }
  });

  it("scales through the subresource", async () => {
    const path = "/apis/apps/v1/namespaces/objects/replicasets";
    const template = { metadata: { labels: { a: "b" } }, spec: { containers: [{ name: "x", image: "y" }] } };
    await server.post(path, { metadata: { name: "r" }, spec: { selector: { matchLabels: { a: "b" } }, template } });
    const scale = await server.get(`${path}/r/scale`);
    assert.deepEqual([scale.kind, scale.spec.replicas, scale.status.selector], ["Scale", 1, "a=b"]);
    await server.merge(`${path}/r/scale`, { spec: { replicas: 4 } });
    assert.equal((await server.get(`${path}/r`)).spec.replicas, 4);
  });
});
