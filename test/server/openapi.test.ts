import assert from "node:assert/strict";
import { interventions } from "../../model/operation.ts";
import { startServer } from "./support/harness.ts";

interface Operation {
  operationId: string;
  summary: string;
  parameters: { in: string; name: string; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
  security?: unknown;
}

async function documentOf(change: { token?: string } = {}): Promise<Document> {
  const server = await startServer(change);
  try {
    const headers = { authorization: `Bearer ${change.token}` };
    const answer = await server.call("GET", "/v1/openapi.json", { headers });
    assert.equal(answer.headers["content-type"], "application/json");
    return answer.body as unknown as Document;
  } finally {
    await server.close();
  }
}

describe("the OpenAPI document", () => {
  let document: Document;
  before(async () => {
    document = await documentOf();
  });
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, o]) => Object.values(o).map((x) => ({ path, ...x })));

  it("has every route", () => {
    const E = "/v1/environments/{env}";
    const expected = [
      "get /v1/environments",
      `get ${E}`,
      `post ${E}/stop`,
      `put ${E}/mode`,
      `post ${E}/resume`,
      `get ${E}/policy`,
      `put ${E}/policy`,
      `post ${E}/freezes`,
      `get ${E}/freezes`,
      `delete ${E}/freezes/{id}`,
      "post /v1/alerts",
      "get /v1/alerts",
      "get /v1/operations/{id}/alerts",
      `get ${E}/webhook`,
      `put ${E}/webhook`,
      `delete ${E}/webhook`,
      `post ${E}/webhook/test`,
      `post ${E}/releases/{version}/promote`,
      `post ${E}/releases`,
      `get ${E}/releases`,
      `get ${E}/releases/{version}`,
      `post ${E}/releases/{version}/withdraw`,
      `post ${E}/tenants`,
      `get ${E}/tenants`,
      `get ${E}/tenants/{id}`,
      `patch ${E}/tenants/{id}`,
      `delete ${E}/tenants/{id}`,
      `post ${E}/tenants/{id}/adopt`,
      `post ${E}/tenants/{id}/adopt/preview`,
      `post ${E}/tenants/{id}/rollouts`,
      `post ${E}/tenants/{id}/rollback`,
      `post ${E}/tenants/{id}/restart`,
      `post ${E}/tenants/{id}/scale`,
      `post ${E}/tenants/{id}/suspend`,
      `post ${E}/tenants/{id}/unsuspend`,
      `post ${E}/tenants/{id}/preview`,
      `get ${E}/drills`,
      `get ${E}/tenants/{id}/drills`,
      `post ${E}/tenants/{id}/drills`,
      `get ${E}/tenants/{id}/backups`,
      `post ${E}/tenants/{id}/backups`,
      `post ${E}/tenants/{id}/restore/preview`,
      `post ${E}/tenants/{id}/restore`,
      `post ${E}/tenants/{id}/restore/confirm/preview`,
      `post ${E}/tenants/{id}/restore/confirm`,
      `get ${E}/certificates`,
      `get ${E}/tenants/{id}/certificates`,
      `get ${E}/tenants/{id}/drift`,
      `post ${E}/tenants/{id}/drift/keep`,
      `post ${E}/tenants/{id}/repair`,
      `get ${E}/tenants/{id}/traffic`,
      `get ${E}/tenants/{id}/pods`,
      `get ${E}/tenants/{id}/logs`,
      `get ${E}/tenants/{id}/stack`,
      `get ${E}/releases/{version}/adoption`,
      `get ${E}/fleet`,
      `get ${E}/skew`,
      `get ${E}/calendar`,
      `get ${E}/offboarded`,
      `get ${E}/offboarded/{operation}`,
      `get ${E}/offboarded/{operation}/export`,
      `post ${E}/offboarded/{operation}/hold`,
      "get /v1/attention",
      "get /v1/status",
      "get /v1/activity",
      "get /v1/operations/{id}/output",
      "post /v1/operations/{id}/acknowledge",
      "get /v1/operations",
      "get /v1/operations/{id}",
      ...interventions.map((name) => `post /v1/operations/{id}/${name}`),
      "post /v1/operations/{id}/preview-link",
      "get /v1/operations/{id}/events",
      "get /v1/events",
      "get /v1/openapi.json",
      "get /healthz",
      "get /readyz",
      "get /metrics",
    ];
    const found = Object.entries(document.paths).flatMap(([path, o]) => Object.keys(o).map((m) => `${m} ${path}`));
    assert.deepEqual(found.sort(), expected.sort());
    assert.match(document.openapi, /^3\.1\./);
  });

  it("refers to nothing that it lacks", () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!);
    assert.ok(refs.length > 20);
    for (const ref of refs) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(ref)?.[1];
      assert.ok(name !== undefined && Object.hasOwn(document.components.schemas, name), ref);
    }
  });

  it("names each operation once and describes its parameters, answers and problems", () => {
    const names = operations().map((o) => o.operationId);
    assert.equal(new Set(names).size, names.length);
    for (const { path, summary, parameters, responses } of operations()) {
      assert.ok(summary.length > 3);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      assert.deepEqual(
        parameters.filter((p) => p.in === "path").map((p) => p.name),
        inPath,
      );
      assert.ok(Object.keys(responses).some((status) => status.startsWith("2")));
      for (const [status, { description, content }] of Object.entries(responses)) {
        assert.ok(description.length > 0);
        const isProblem = Number(status) >= 400 && `${path} ${status}` !== "/readyz 503";
        assert.equal("application/problem+json" in (content ?? {}), isProblem, `${path} ${status}`);
      }
    }
  });

  it("says that secrets are written only, and which fields a tenant takes", () => {
    const schema = document.components.schemas.NewTenant as {
      properties: Record<string, { writeOnly?: boolean }>;
      required: string[];
    };
    assert.equal(schema.properties.secrets?.writeOnly, true);
    assert.deepEqual(schema.required, ["id", "name", "release"]);
    const read = document.components.schemas.Tenant as { properties: Record<string, unknown> };
    assert.equal(Object.hasOwn(read.properties, "secrets"), false);
  });

  it("asks for the token only where there is one", async () => {
    assert.equal(document.security, undefined);
    assert.deepEqual((await documentOf({ token: "a-token-for-this-test" })).security, [{ token: [] }]);
  });
});
