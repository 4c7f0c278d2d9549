import assert from "node:assert/strict";
import fc from "fast-check";
import { kinds, apiVersionOf } from "../../../sandbox/api/kinds.ts";
import { deployment, TestServer, types } from "./harness.ts";

const paths = kinds.map((kind) => {
  const root = kind.group === "" ? "/api/v1" : `/apis/${apiVersionOf(kind)}`;
  return `${root}/${kind.namespaced ? "namespaces/default/" : ""}${kind.plural}`;
});

const words = fc.constantFrom(
  ...["metadata", "name", "labels", "ownerReferences", "finalizers", "spec", "status", "template", "selector", "data"],
  ...[
    "containers",
    "env",
    "ports",
    "replicas",
    "matchLabels",
    "rules",
    "strategy",
    "rollingUpdate",
    "maxSurge",
    "conditions",
  ],
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, -1, 1e99, "", "x", "\u0000", "ü", "25%", "__proto__", "a".repeat(300)),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(words, fc.string({ maxLength: 5 })), tie("any"), { maxKeys: 5 }),
  ),
})).any;

describe("sandbox API: garbage", () => {
  let server: TestServer;
  before(async () => (server = await TestServer.start()));
  after(() => server.stop());

  it("answers 4xx to what makes no sense, never 5xx, and goes on", async function () {
    this.timeout(30_000);
    const body = fc.oneof(
      value,
      fc.record({
        metadata: fc.oneof(value, fc.record({ name: fc.constant("x"), labels: value })),
        spec: value,
        data: value,
      }),
      fc.record({
        metadata: fc.constant({ name: "d" }),
        spec: fc.record({ strategy: value, template: value, replicas: value }),
      }),
    );
    const request = fc.record({
      method: fc.constantFrom("POST", "PUT", "PATCH", "DELETE"),
      path: fc.constantFrom(...paths),
      name: fc.constantFrom("", "/x", "/d", "/d/status", "/d/scale", "/x/binding", "/x/eviction", "/x/nothing"),
      type: fc.constantFrom(...Object.values(types), "application/json", "text/html"),
      query: fc.constantFrom("", "?fieldManager=m", "?fieldManager=m&force=true", "?limit=x", "?dryRun=All"),
      body,
    });
    await server.post("/apis/apps/v1/namespaces/default/deployments", deployment("d", 1));
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, name, type, query, body: sent }) => {
        // Deleting the collections that the other requests are about would make this a test of nothing.
        if (method === "DELETE" && name === "") return;
        const answer = await server.call(method, `${path}${name}${query}`, sent, { "content-type": type });
        assert.ok(answer.status < 500, `${answer.status} ${JSON.stringify(answer.body)}`);
      }),
      { numRuns: 600 },
    );
    assert.equal((await server.call("GET", "/readyz")).status, 200);
    assert.equal((await server.call("GET", "/apis/apps/v1/namespaces/default/deployments")).status, 200);
  });

  it("refuses what is too large, too deep or no path", async () => {
    const maps = "/api/v1/namespaces/default/configmaps";
    const large = { metadata: { name: "large" }, data: { x: "x".repeat(3_200_000) } };
    assert.equal((await server.call("POST", maps, large)).status, 413);
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    assert.ok((await server.call("POST", maps, `{"metadata":{"name":"deep"},"x":${deep}}`)).status < 500);
    for (const path of [
      "/api/v1/namespaces//configmaps",
      "/api/v1/%zz",
      "/apis",
      "/api/v1/namespaces/default/configmaps/a/b/c",
      "//",
      "/%00",
    ]) {
      assert.ok((await server.call("GET", path)).status < 500, path);
    }
  });
});
