import assert from "node:assert/strict";
import { deployment, type Json, TestServer } from "./harness.ts";

const web = (extra: object = {}): object => ({
  template: { metadata: { labels: { app: "d" } }, spec: { containers: [{ name: "web", image: "app:1", ...extra }] } },
});
const first = (object: Json): Json => object.spec.template.spec.containers[0];

describe("sandbox API: server-side apply", () => {
  let server: TestServer;
  let path: string;
  before(async () => (server = await TestServer.start({ controllers: false })));
  after(() => server.stop());
  let count = 0;
  beforeEach(async () => {
    path = `/apis/apps/v1/namespaces/${await server.namespace(`apply-${count++}`)}/deployments/d`;
  });

  it("creates, then changes nothing when applied again", async () => {
    const created = await server.apply(path, deployment("d", 1));
    assert.equal(created.status, 201);
    const again = await server.apply(path, deployment("d", 1));
    assert.equal(again.status, 200);
    assert.deepEqual(again.body, created.body);
    const [entry] = created.body.metadata.managedFields;
    assert.deepEqual([entry.manager, entry.operation], ["test", "Apply"]);
    assert.ok(entry.fieldsV1["f:spec"]["f:template"]["f:spec"]["f:containers"]['k:{"name":"web"}']["f:image"]);
  });

  it("merges lists by their keys and removes what its manager leaves out", async () => {
    const env = (entries: [string, string][]): object =>
      web({ env: entries.map(([name, value]) => ({ name, value })) });
    await server.apply(
      path,
      deployment(
        "d",
        1,
        "app:1",
        env([
          ["A", "1"],
          ["B", "2"],
        ]),
      ),
    );
    await server.apply(
      path,
      deployment(
        "d",
        1,
        "app:1",
        env([
          ["B", "3"],
          ["C", "4"],
        ]),
      ),
    );
    assert.deepEqual(first(await server.get(path)).env, [
      { name: "B", value: "3" },
      { name: "C", value: "4" },
    ]);
  });

  it("removes a whole probe, its defaults too", async () => {
    await server.apply(
      path,
      deployment("d", 1, "app:1", web({ readinessProbe: { httpGet: { path: "/", port: 80 } } })),
    );
    assert.equal(first(await server.get(path)).readinessProbe.periodSeconds, 10);
    await server.apply(path, deployment("d", 1, "app:1", web()));
    assert.equal(first(await server.get(path)).readinessProbe, undefined);
  });

  it("keeps what another manager has too", async () => {
    const labels = (labels: object): object => ({ ...deployment("d", 1), metadata: { name: "d", labels } });
    await server.apply(path, labels({ mine: "1", ours: "2" }), "one");
    const partial = { apiVersion: "apps/v1", kind: "Deployment", metadata: { labels: { ours: "2", theirs: "3" } } };
    await server.apply(path, partial, "two");
    await server.apply(path, labels({}), "one");
    assert.deepEqual((await server.get(path)).metadata.labels, { ours: "2", theirs: "3" });
  });

  it("reports conflicts, and takes fields over by force", async () => {
    await server.apply(path, deployment("d", 1), "one");
    const refused = await server.apply(path, deployment("d", 2), "two");
    assert.equal(refused.status, 409);
    assert.equal(refused.body.message, 'Apply failed with 1 conflict: conflict with "one": .spec.replicas');
    assert.equal(refused.body.details.causes[0].field, ".spec.replicas");
    const forced = await server.apply(path, deployment("d", 2), "two", "&force=true");
    assert.equal(forced.body.spec.replicas, 2);
    const entryOf = (manager: string): Json =>
      forced.body.metadata.managedFields.find((entry: Json) => entry.manager === manager).fieldsV1;
    assert.equal(entryOf("one")["f:spec"]["f:replicas"], undefined);
    assert.ok(entryOf("two")["f:spec"]["f:replicas"]);
  });

  it("gives a field to whoever changes it by another way", async () => {
    await server.apply(path, deployment("d", 1), "one");
    await server.merge(`${path}?fieldManager=person`, { spec: { replicas: 5 } });
    const refused = await server.apply(path, deployment("d", 1), "one");
    assert.match(refused.body.message, /conflict with "person" using apps\/v1: \.spec\.replicas/);
    assert.equal((await server.apply(path, deployment("d", 1), "one", "&force=true")).body.spec.replicas, 1);
  });

  it("shows on a dry run what would come of it", async () => {
    const shown = await server.apply(path, deployment("d", 1), "one", "&dryRun=All");
    assert.equal(shown.status, 201);
    assert.equal(shown.body.spec.strategy.type, "RollingUpdate");
    assert.equal((await server.call("GET", path)).status, 404);
    await server.apply(path, deployment("d", 1), "one");
    assert.equal((await server.apply(path, deployment("d", 3), "one", "&dryRun=All")).body.metadata.generation, 2);
    assert.equal((await server.get(path)).spec.replicas, 1);
  });

  it("takes YAML", async () => {
    const yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y\ndata:\n  a: 'b'\n";
    const target = path.replace("/apis/apps/v1", "/api/v1").replace("deployments/d", "configmaps/y");
    assert.deepEqual((await server.apply(target, yaml)).body.data, { a: "b" });
  });

  it("refuses what it cannot mean", async () => {
    const statusOf = async (body: unknown, manager = "one"): Promise<number> =>
      (await server.apply(path, body, manager)).status;
    assert.equal(await statusOf(deployment("d", 1), ""), 422);
    assert.equal(await statusOf(deployment("other", 1)), 400);
    assert.equal(await statusOf({ ...deployment("d", 1), metadata: { name: "d", managedFields: [] } }), 400);
    await server.apply(path, deployment("d", 1), "one");
    assert.equal(await statusOf({ ...deployment("d", 1), metadata: { name: "d", resourceVersion: "7" } }), 409);
    const selector = { selector: { matchLabels: { app: "x" } } };
    const moved = await server.apply(path, deployment("d", 1, "app:1", selector), "one");
    assert.equal(moved.body.reason, "Invalid");
  });

  it("replaces the rules of a route as a whole", async () => {
    const target = path
      .replace("/apis/apps/v1", "/apis/gateway.networking.k8s.io/v1")
      .replace("deployments/d", "httproutes/r");
    const route = (blue: number): object => ({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "r" },
      spec: {
        rules: [
          {
            backendRefs: [
              { name: "blue", port: 80, weight: blue },
              { name: "green", port: 80, weight: 100 - blue },
            ],
          },
        ],
      },
    });
    await server.apply(target, route(100));
    const flipped = (await server.apply(target, route(0))).body;
    assert.deepEqual(
      flipped.spec.rules[0].backendRefs.map((ref: Json) => [ref.name, ref.weight, ref.kind]),
      [
        ["blue", 0, "Service"],
        ["green", 100, "Service"],
      ],
    );
    assert.equal(flipped.metadata.generation, 2);
  });
});
