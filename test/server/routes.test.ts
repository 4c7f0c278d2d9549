import assert from "node:assert/strict";
import { z } from "zod";
import {
  freezeView,
  operationView,
  pageOf,
  policyView,
  previewView,
  releaseView,
  tenantView,
} from "../../model/views.ts";
import { restorePreview } from "../../model/backup.ts";
import { confirmPreview } from "../../model/cluster.ts";
import { interventions } from "../../model/operation.ts";
import { webhookTestView, webhookView } from "../../model/webhook.ts";
import { assertProblem } from "./support/assertProblem.ts";
import { startServer, type Server } from "./support/harness.ts";
import { freezeId, operationId } from "./support/views.ts";

const E = "/v1/environments/production";

describe("routes", () => {
  let server: Server;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const asked = () => server.automation.calls.at(-1);

  it("lists and reads environments", async () => {
    const list = await server.call("GET", "/v1/environments");
    assert.equal(list.status, 200);
    assert.deepEqual(list.body, {
      items: [
        { name: "develop", mode: "manage", tenants: 1, releases: 1 },
        { name: "production", mode: "manage", tenants: 1, releases: 1 },
      ],
    });
    assert.equal((await server.call("GET", E)).body?.name, "production");
  });

  it("stops and resumes an environment, with a reason", async () => {
    for (const verb of ["stop", "resume"]) {
      const answer = await server.call("POST", `${E}/${verb}`, { json: { reason: " incident 7 " } });
      assert.equal(answer.status, 200);
      const expected = [`environments.${verb}`, ["production", { actor: "local", reason: "incident 7" }]];
      assert.deepEqual([asked()?.name, asked()?.args], expected);
      assert.equal((await server.call("POST", `${E}/${verb}`, { json: {} })).status, 400);
    }
  });

  it("restores to a backup, the newest by a time, or a moment: just one of them", async () => {
    const path = `${E}/tenants/acme/restore/preview`;
    const moment = "2026-11-28T03:14:07Z";
    for (const json of [{ backup: operationId }, { at: moment }, { pointInTime: moment }]) {
      const answer = await server.call("POST", path, { json });
      assert.equal(answer.status, 200);
      restorePreview.parse(answer.body);
      assert.deepEqual(asked()?.args, ["production", "acme", json]);
    }
    for (const json of [{}, { at: moment, pointInTime: moment }, { pointInTime: "yesterday" }])
      assertProblem(await server.call("POST", path, { json }), "invalid_input");
  });

  it("shows what confirming a restore would remove, and removes it with that plan and a reason", async () => {
    const path = `${E}/tenants/acme/restore/confirm`;
    const shown = await server.call("POST", `${path}/preview`);
    confirmPreview.parse(shown.body);
    assert.deepEqual(asked()?.args, ["production", "acme", {}]);
    const json = { clusters: [1], plan: "0123456789abcdef", reason: "all is well" };
    const answer = await server.call("POST", path, { json });
    assert.equal(answer.status, 202);
    assert.deepEqual(operationView.parse(answer.body).letsGo, [1]);
    assert.deepEqual(asked()?.args, ["production", "acme", json, { actor: "local" }]);
    for (const wrong of [
      { ...json, reason: " " },
      { ...json, plan: undefined },
      { ...json, clusters: [0] },
    ])
      assertProblem(await server.call("POST", path, { json: wrong }), "invalid_input");
  });

  it("registers a release: 201 with its place, 200 where it is there already", async () => {
    const json = { version: "1.0.0", image: "teal/app:1.0.0" };
    const created = await server.call("POST", `${E}/releases`, { json });
    assert.equal(created.status, 201);
    assert.equal(created.headers.location, `${E}/releases/1.0.0`);
    releaseView.parse(created.body);
    assert.deepEqual(asked()?.args[1], {
      ...json,
      components: { web: { port: 8080, healthPath: "/healthz" } },
      checks: [{ path: "/", method: "GET", status: 200, timeoutSeconds: 5 }],
    });
    server.automation.releaseIsNew = false;
    assert.equal((await server.call("POST", `${E}/releases`, { json })).status, 200);
  });

  it("lists, reads and withdraws releases", async () => {
    const page = await server.call("GET", `${E}/releases?limit=2&cursor=abc`);
    pageOf(releaseView).parse(page.body);
    assert.deepEqual(asked()?.args, ["production", { limit: 2, cursor: "abc" }]);
    await server.call("GET", `${E}/releases`);
    assert.deepEqual(asked()?.args, ["production", { limit: 50 }]);
    releaseView.parse((await server.call("GET", `${E}/releases/1.0.0`)).body);
    const missing = await server.call("GET", `${E}/releases/9`);
    assert.deepEqual([missing.status, missing.body?.code], [404, "release_not_found"]);
    const withdrawn = await server.call("POST", `${E}/releases/1.0.0/withdraw`, { json: { reason: "broken" } });
    assert.equal(withdrawn.status, 200);
    assert.equal(releaseView.parse(withdrawn.body).withdrawn?.reason, "broken");
  });

  it("promotes a release: 201 with its place in the other environment, 200 where it is there already", async () => {
    const json = { to: "develop", reason: "a good week" };
    const created = await server.call("POST", `${E}/releases/1.0.0/promote`, { json });
    assert.deepEqual([created.status, created.headers.location], [201, "/v1/environments/develop/releases/1.0.0"]);
    assert.equal(releaseView.parse(created.body).promotedFrom?.environment, "production");
    assert.deepEqual(asked()?.args, ["production", "1.0.0", "develop", { actor: "local", reason: "a good week" }]);
    server.automation.releaseIsNew = false;
    assert.equal((await server.call("POST", `${E}/releases/1.0.0/promote`, { json })).status, 200);
    for (const wrong of [{ to: "develop" }, { reason: "r" }, { ...json, to: "Not A Name" }]) {
      assert.equal((await server.call("POST", `${E}/releases/1.0.0/promote`, { json: wrong })).status, 400);
    }
  });

  it("reads a policy, or an earlier version; the ETag is the version", async () => {
    const now = await server.call("GET", `${E}/policy`);
    assert.equal(policyView.parse(now.body).version, 2);
    assert.equal(now.headers.etag, '"2"');
    const first = await server.call("GET", `${E}/policy?version=1`);
    assert.deepEqual([first.headers.etag, asked()?.args], ['"1"', ["production", 1]]);
    const missing = await server.call("GET", `${E}/policy?version=9`);
    assert.deepEqual([missing.status, missing.body?.code], [404, "policy_not_found"]);
    assert.equal((await server.call("GET", `${E}/policy?version=x`)).status, 400);
  });

  it("sets a policy whose version was named, and tells each field that makes no sense", async () => {
    const json = { policy: { steps: [5, 100], inconclusive: "pause" }, reason: "slower" };
    const headers = { "if-match": '"2"' };
    const set = await server.call("PUT", `${E}/policy`, { json, headers });
    assert.deepEqual([set.status, set.headers.etag], [200, '"3"']);
    assert.deepEqual(policyView.parse(set.body).policy.steps, [5, 100]);
    assert.deepEqual(asked()?.args, ["production", json.policy, 2, { actor: "local", reason: "slower" }]);
    assert.equal((await server.call("PUT", `${E}/policy`, { json })).status, 428);
    const wrong = {
      steps: [50, 10],
      gates: ["after-lunch"],
      windows: [{ days: ["sat"], from: "22:00", to: "22:00" }],
      x: 1,
    };
    const refused = await server.call("PUT", `${E}/policy`, { json: { policy: wrong, reason: "r" }, headers });
    assert.equal(refused.status, 400);
    const pointers = z.array(z.object({ pointer: z.string() })).parse(refused.body?.errors);
    assert.deepEqual([...new Set(pointers.map((error) => error.pointer))].sort(), [
      "/policy/gates/0",
      "/policy/steps",
      "/policy/windows/0",
      "/policy/x",
    ]);
  });

  it("declares, lists and lifts freezes", async () => {
    const json = { to: "2026-12-27T06:00:00+01:00", reason: "Christmas" };
    const declared = await server.call("POST", `${E}/freezes`, { json });
    assert.equal(declared.status, 201);
    freezeView.parse(declared.body);
    assert.deepEqual(asked()?.args, ["production", json, { actor: "local" }]);
    z.object({ items: z.array(freezeView) }).parse((await server.call("GET", `${E}/freezes`)).body);
    const lifted = await server.call("DELETE", `${E}/freezes/${freezeId}?reason=over`);
    assert.equal(lifted.status, 200);
    assert.deepEqual(asked()?.args, ["production", freezeId, { actor: "local", reason: "over" }]);
    const missing = await server.call("DELETE", `${E}/freezes/${operationId}`);
    assert.deepEqual([missing.status, missing.body?.code], [404, "freeze_not_found"]);
    for (const wrong of [{ reason: "r" }, { ...json, to: "tomorrow" }, { to: json.to }]) {
      assert.equal((await server.call("POST", `${E}/freezes`, { json: wrong })).status, 400);
    }
  });

  it("sets, reads, tests and removes a webhook, and never shows its secret", async () => {
    const json = { url: "https://hooks.example.com/teal", secret: "a-secret-of-some-length", remindMinutes: 5 };
    const set = await server.call("PUT", `${E}/webhook`, { json: { ...json, reason: "new pager" } });
    assert.equal(set.status, 200);
    assert.equal(webhookView.parse(set.body).remindMinutes, 5);
    assert.deepEqual(asked()?.args, ["production", json, { actor: "local", reason: "new pager" }]);
    const { remindMinutes: _, ...least } = json;
    assert.equal((await server.call("PUT", `${E}/webhook`, { json: least })).status, 200);
    assert.deepEqual(asked()?.args, ["production", { ...json, remindMinutes: 60 }, { actor: "local" }]);
    webhookView.parse((await server.call("GET", `${E}/webhook`)).body);
    const test = await server.call("POST", `${E}/webhook/test`);
    assert.deepEqual([test.status, webhookTestView.parse(test.body).status], [200, 204]);
    const removed = await server.call("DELETE", `${E}/webhook?reason=quiet`);
    assert.equal(removed.status, 200);
    assert.deepEqual(asked()?.args, ["production", { actor: "local", reason: "quiet" }]);
    const missing = await server.call("GET", "/v1/environments/develop/webhook");
    assert.deepEqual([missing.status, missing.body?.code], [404, "webhook_not_found"]);
    const wrong = [
      { ...json, secret: "hunter2-short" },
      { ...json, secret: "whsec_hunter2 is no base64" },
      { ...json, remindMinutes: 0 },
      { secret: json.secret },
      { ...json, x: 1 },
    ];
    for (const one of wrong) {
      const refused = await server.call("PUT", `${E}/webhook`, { json: one });
      assert.equal(refused.status, 400);
      assert.ok(!refused.text.includes("hunter2"), refused.text);
    }
    assert.ok(!server.lines.join().includes("a-secret-of-some-length"));
  });

  it("creates a tenant: 202 with the operation and its place", async () => {
    const json = { id: "acme", name: "Acme", release: "1.0.0", secrets: { PASSWORD: "hunter2" } };
    const answer = await server.call("POST", `${E}/tenants`, { json });
    assert.equal(answer.status, 202);
    assert.equal(answer.headers.location, `/v1/operations/${operationId}`);
    operationView.parse(answer.body);
    const defaults = { tier: "small", ring: 0, hostnames: [], config: {}, flags: {}, timeZone: "UTC", policy: {} };
    assert.deepEqual(asked()?.args, ["production", { ...json, ...defaults }, { actor: "local" }]);
  });

  it("lists and reads tenants; the ETag is the revision", async () => {
    pageOf(tenantView).parse((await server.call("GET", `${E}/tenants`)).body);
    const answer = await server.call("GET", `${E}/tenants/acme`);
    tenantView.parse(answer.body);
    assert.equal(answer.headers.etag, '"3"');
    // The view holds more than the revision counts: it must never be taken for unchanged.
    const again = await server.call("GET", `${E}/tenants/acme`, { headers: { "if-none-match": '"3"' } });
    assert.equal(again.status, 200);
    assert.equal(again.headers["cache-control"], "no-store");
  });

  it("patches a tenant whose revision is named", async () => {
    const patch = { config: { COLOR: null }, ring: 2 };
    for (const type of ["application/json", "application/merge-patch+json; charset=utf-8"]) {
      const headers = { "content-type": type, "if-match": '"3"' };
      const answer = await server.call("PATCH", `${E}/tenants/acme`, { body: JSON.stringify(patch), headers });
      assert.equal(answer.status, 202);
      assert.deepEqual(asked()?.args, ["production", "acme", patch, 3, { actor: "local" }]);
    }
    server.automation.patchChanges = false;
    const same = await server.call("PATCH", `${E}/tenants/acme`, { json: {}, headers: { "if-match": '"3"' } });
    assert.equal(same.status, 200);
    assert.equal(same.headers.etag, '"3"');
    tenantView.parse(same.body);
  });

  it("asks for If-Match, and for one that it understands", async () => {
    const none = await server.call("PATCH", `${E}/tenants/acme`, { json: {} });
    assert.deepEqual([none.status, none.body?.code], [428, "if_match_required"]);
    for (const odd of ["*", "3", 'W/"3"', '"3", "4"', '"x"', '"-1"', '""', '"1234567890123456"']) {
      const answer = await server.call("PATCH", `${E}/tenants/acme`, { json: {}, headers: { "if-match": odd } });
      assert.deepEqual([answer.status, answer.body?.code], [400, "invalid_input"], odd);
    }
    assert.equal(server.automation.calls.length, 0);
  });

  it("offboards a tenant, with or without a reason", async () => {
    const answer = await server.call("DELETE", `${E}/tenants/acme?reason=left%20us`);
    assert.equal(answer.status, 202);
    assert.deepEqual(asked()?.args, ["production", "acme", {}, { actor: "local", reason: "left us" }]);
    await server.call("DELETE", `${E}/tenants/acme?graceSeconds=60&retainDays=90`);
    assert.deepEqual(asked()?.args, ["production", "acme", { graceSeconds: 60, retainDays: 90 }, { actor: "local" }]);
    const odd = await server.call("DELETE", `${E}/tenants/acme?graceSeconds=-1`);
    assert.deepEqual([odd.status, odd.body?.code], [400, "invalid_input"]);
  });

  it("starts rollouts and rollbacks", async () => {
    const json = { release: "2.0.0", steps: [10, 100], bakeSeconds: 0, reason: "monthly" };
    const rollout = await server.call("POST", `${E}/tenants/acme/rollouts`, { json });
    assert.equal(rollout.status, 202);
    assert.deepEqual(asked()?.args, ["production", "acme", json, { actor: "local", reason: "monthly" }]);
    for (const json of [undefined, {}, { reason: "slow" }]) {
      const back = await server.call("POST", `${E}/tenants/acme/rollback`, { json });
      assert.equal(back.status, 202);
      assert.deepEqual(asked()?.args, ["production", "acme", { actor: "local", ...json }]);
    }
  });

  it("previews a change of a tenant, and a tenant that does not exist yet", async () => {
    const json = { release: "2.0.0", config: { A: "1" } };
    const change = await server.call("POST", `${E}/tenants/acme/preview`, { json });
    assert.equal(change.status, 200);
    previewView.parse(change.body);
    assert.deepEqual(asked()?.args, ["production", "acme", json]);
    const named = { id: "acme", release: "2.0.0", name: "Acme" };
    await server.call("POST", `${E}/tenants/acme/preview`, { json: named });
    assert.deepEqual(asked()?.args[2], { release: "2.0.0", name: "Acme" });

    const fresh = await server.call("POST", `${E}/tenants/fresh/preview`, { json: { name: "F", release: "1.0.0" } });
    assert.equal(fresh.status, 200);
    const { newTenant, ...rest } = asked()?.args[2] as { newTenant: Record<string, unknown> };
    assert.deepEqual(rest, {});
    assert.deepEqual([newTenant.id, newTenant.tier, newTenant.name], ["fresh", "small", "F"]);
    const lacking = await server.call("POST", `${E}/tenants/fresh/preview`, { json: { release: "1.0.0" } });
    assert.deepEqual([lacking.status, lacking.body?.code], [404, "tenant_not_found"]);
    const other = await server.call("POST", `${E}/tenants/acme/preview`, { json: { id: "other" } });
    assert.deepEqual([other.status, other.body?.code], [400, "invalid_input"]);
  });

  it("lists operations by filters, and reads one", async () => {
    const query = "environment=production&tenant=acme&kind=rollout&state=rolled-back&limit=200";
    pageOf(operationView).parse((await server.call("GET", `/v1/operations?${query}`)).body);
    const filter = { environment: "production", tenant: "acme", kind: ["rollout"], state: ["rolled-back"] };
    assert.deepEqual(asked()?.args, [filter, { limit: 200 }]);
    operationView.parse((await server.call("GET", `/v1/operations/${operationId}`)).body);
    const missing = await server.call("GET", "/v1/operations/22222222-2222-4222-8222-222222222222");
    assert.deepEqual([missing.status, missing.body?.code], [404, "operation_not_found"]);
  });

  it("intervenes in an operation, with a reason", async () => {
    for (const name of interventions) {
      const decision = name === "approve" ? { reason: "r", plan: "0123456789abcdef" } : { reason: "r" };
      const answer = await server.call("POST", `/v1/operations/${operationId}/${name}`, { json: decision });
      assert.equal(answer.status, 202);
      assert.equal(answer.headers.location, `/v1/operations/${operationId}`);
      assert.deepEqual(asked()?.args, [operationId, name, { actor: "local", ...decision }]);
    }
    const unknown = await server.call("POST", `/v1/operations/${operationId}/explode`, { json: { reason: "r" } });
    assert.deepEqual([unknown.status, unknown.body?.code], [404, "route_not_found"]);
  });

  it("tells who acts, and how a repetition is recognised", async () => {
    const json = { name: "Acme", id: "acme", release: "1.0.0" };
    const call = async (body: unknown, key: string) => {
      const headers = { "idempotency-key": key, "teal-actor": "ann" };
      await server.call("POST", `${E}/tenants`, { json: body, headers });
      return asked()?.args[2] as { actor: string; idempotency: { key: string; route: string; bodyHash: string } };
    };
    const first = await call(json, "k1");
    assert.equal(first.actor, "ann");
    assert.deepEqual([first.idempotency.key, first.idempotency.route], ["k1", `POST ${E}/tenants`]);
    assert.match(first.idempotency.bodyHash, /^[0-9a-f]{64}$/);
    // Neither order nor a default spelled out makes another body.
    const same = await call({ release: "1.0.0", id: "acme", tier: "small", name: "Acme" }, "k1");
    assert.deepEqual(same, first);
    assert.notEqual((await call({ ...json, ring: 1 }, "k1")).idempotency.bodyHash, first.idempotency.bodyHash);
    for (const [name, value] of [
      ["idempotency-key", ""],
      ["idempotency-key", "x".repeat(256)],
      ["idempotency-key", "a b"],
      ["idempotency-key", "ü"],
      ["teal-actor", "x".repeat(101)],
    ] as const) {
      const answer = await server.call("POST", `${E}/tenants`, { json, headers: { [name]: value } });
      assert.equal(answer.status, 400, name);
      const [error] = z.array(z.object({ in: z.string(), name: z.string() })).parse(answer.body?.errors);
      assert.deepEqual(error, { in: "header", name });
    }
  });

  it("shows health, readiness and metrics", async () => {
    assert.equal((await server.call("GET", "/healthz")).body?.status, "ok");
    const ready = await server.call("GET", "/readyz");
    assert.deepEqual([ready.status, ready.body?.ready], [200, true]);
    server.automation.healthy = false;
    const sick = await server.call("GET", "/readyz");
    assert.equal(sick.status, 503);
    assert.match(sick.text, /it has not reported for 20 s/);
    await server.call("GET", `${E}/tenants/acme`);
    await server.call("GET", "/made/up");
    const metrics = await server.call("GET", "/metrics");
    assert.match(String(metrics.headers["content-type"]), /^text\/plain; version=0\.0\.4/);
    const count = /_count\{method="GET",route="\/v1\/environments\/\{env\}\/tenants\/\{id\}",status="200"\} 1/;
    assert.match(metrics.text, count);
    assert.match(metrics.text, /route="none",status="404"/);
    assert.doesNotMatch(metrics.text, /made/);
  });

  it("is not ready while it starts or stops", async () => {
    await server.close();
    server = await startServer({ ready: () => false });
    assert.equal((await server.call("GET", "/readyz")).status, 503);
    assert.equal((await server.call("GET", "/healthz")).status, 200);
  });

  it("serves the console and the docs without anything from elsewhere", async () => {
    // Where it is built already this takes no time.
    await import("../../console/build.ts");
    const page = await server.call("GET", "/");
    assert.equal(page.status, 200);
    assert.match(page.text, /<title>Teal<\/title>/);
    assert.equal((await server.call("GET", "/docs")).headers.location, "/docs/");
    const docs = await server.call("GET", "/docs/");
    for (const { text, headers } of [page, docs]) {
      assert.doesNotMatch(text, /(src|href)=["']?(https?:)?\/\//);
      const policy = String(headers["content-security-policy"]);
      assert.match(policy, /default-src 'none';script-src 'self';/);
    }
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, asset]) => asset!);
    const ofDocs = [...docs.text.matchAll(/src="\.(\/[^"]+)"/g)].map(([, asset]) => `/docs${asset!}`);
    assert.ok(assets.length > 3 && ofDocs.length > 1);
    for (const path of [...assets, ...ofDocs]) assert.equal((await server.call("GET", path)).status, 200, path);
    assert.match((await server.call("GET", "/docs/swagger-ui-init.js")).text, /createTenant/);
    assert.equal((await server.call("GET", "/docs/index.html")).status, 404);
  });

  it("serves the console at each of its addresses, to browsers only", async () => {
    await import("../../console/build.ts");
    const html = { headers: { accept: "text/html,*/*;q=0.8" } };
    for (const path of [
      "/activity",
      "/operations/5f0c6a52-6c55-4f4e-9a3b-0d6a8c1b2e3f",
      "/environments/x/tenants/y/logs",
    ]) {
      const page = await server.call("GET", path, html);
      assert.equal(page.status, 200, path);
      assert.equal(page.headers["cache-control"], "no-cache");
      const asked = await server.call("GET", path, { headers: { accept: "application/json" } });
      assertProblem(asked, "route_not_found");
    }
    for (const path of ["/elsewhere", "/activity/x", "/sources.sha256/x", "/assets/none.js"]) {
      assert.equal((await server.call("GET", path, html)).status, 404, path);
    }
    const page = (await server.call("GET", "/")).text;
    const script = /src="(\/assets\/[^"]+)"/.exec(page)![1]!;
    assert.match(String((await server.call("GET", script)).headers["cache-control"]), /max-age=31536000, immutable/);
    assertProblem(await server.call("POST", "/activity", html), "route_not_found");
  });
});
