import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { TealError } from "../../model/errors.ts";
import { problems } from "../../server/problems.ts";
import type { FieldError } from "../../server/http/fields.ts";
import { assertProblem } from "./support/assertProblem.ts";
import { startServer, type Server } from "./support/harness.ts";
import { operationId } from "./support/views.ts";

const E = "/v1/environments/production";

describe("problems", () => {
  let server: Server;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());
  beforeEach(() => {
    server.automation.failure = null;
    server.automation.calls.length = 0;
  });

  it("carry what the automation says, and its evidence", async () => {
    const busy = { operation: { id: operationId, kind: "rollout" } };
    server.automation.failure = new TealError("tenant_busy", "Expected an idle tenant; it has a rollout under way.", {
      data: { ...busy, status: "not mine" },
      cause: new Error("inner"),
    });
    const answer = await server.call("POST", `${E}/tenants/acme/rollouts`, { json: { release: "2" } });
    const body = assertProblem(answer, "tenant_busy");
    assert.equal(body.detail, "Expected an idle tenant; it has a rollout under way.");
    assert.deepEqual(body.operation, busy.operation);
    assert.doesNotMatch(answer.text, /inner/);
  });

  it("mask what went wrong inside, log it, and name the request", async () => {
    const odd: unknown[] = [new Error("secret path"), new TealError("made_up", "secret path"), "secret path", null];
    for (const failure of [...odd, new TealError("internal", "secret path")]) {
      server.automation.failure = failure ?? undefined;
      const answer = await server.call("GET", `${E}/tenants/acme`);
      const { detail } = assertProblem(answer, "internal");
      assert.doesNotMatch(answer.text, /secret path/);
      assert.ok(String(detail).includes(String(answer.headers["x-request-id"])));
      const logged = server.lines.filter((line) => line.includes(String(answer.headers["x-request-id"])));
      assert.equal(logged.length, 2);
    }
    assert.ok(server.lines.some((line) => line.includes("secret path") && line.includes('"level":50')));
  });

  it("tell why a preview failed, as an outcome does", async () => {
    const evidence = [{ source: "pulumi", text: "exceeded quota: pods" }];
    const data = { cause: "policy", retriable: false, evidence };
    const preview = async (failure: Error) => {
      server.automation.tenants.preview = async () => Promise.reject(failure);
      return server.call("POST", `${E}/tenants/acme/preview`, { json: { tier: "large" } });
    };
    const failed = await preview(new TealError("quota_exceeded", "The quota refuses it.", { data }));
    const outcome = { code: "quota_exceeded", cause: "policy", message: "The quota refuses it.", evidence };
    assert.deepEqual(assertProblem(failed, "preview_failed").outcome, outcome);
    assertProblem(await preview(new TealError("release_not_found", "There is none.")), "release_not_found");
    assertProblem(await preview(new TealError("stack_thread_died", "odd")), "internal");
  });

  it("say that the ledger is away", async () => {
    server.automation.failure = new TealError("ledger_unavailable", "Expected PostgreSQL to answer; try again.");
    assertProblem(await server.call("GET", `${E}/tenants/acme`), "ledger_unavailable");
  });

  it("tell what was expected, what came and where, for every field", async () => {
    const json = {
      id: "Not A Label",
      name: 7,
      tier: "huge",
      ring: 1.5,
      hostnames: ["ok.example.com", "nope"],
      config: { "1": "x", A: 5 },
      flags: { "a/b": true, F: null },
      secrets: { PASSWORD: 12345678 },
      colour: "red",
      "te~l": 1,
    };
    const body = assertProblem(await server.call("POST", `${E}/tenants`, { json }), "invalid_input");
    const errors = new Map((body.errors as FieldError[]).map((e) => [e.pointer, e]));
    const pointers = ["/id", "/name", "/release", "/tier", "/ring", "/hostnames/1", "/config/1", "/config/A"];
    pointers.push("/flags/a~1b", "/flags/F", "/secrets/PASSWORD", "/colour", "/te~0l");
    assert.deepEqual([...errors.keys()].sort(), pointers.sort());
    assert.equal(errors.get("/tier")?.message, 'Expected one of "small", "medium", "large"; got "huge".');
    assert.equal(errors.get("/name")?.message, "Expected a string; got 7.");
    assert.equal(errors.get("/release")?.received, "nothing");
    assert.equal(errors.get("/ring")?.message, "Expected a whole number; got 1.5.");
    assert.equal(errors.get("/secrets/PASSWORD")?.message, "Expected a string; got a number.");
    assert.match(
      errors.get("/colour")!.message,
      /^Expected one of the fields id, name, release, .*; got an unknown field\.$/,
    );
    assert.match(errors.get("/flags/F")!.message, /^Expected true or false or a string or a number; got null\.$/);
    assert.equal(server.automation.calls.length, 0);
  });

  it("never show user and password of a URL", async () => {
    const provenance = {
      commit: "a".repeat(40),
      pipeline: "https://ann:hunter2@ci.example.com/1",
      repository: "x://a:hunter2@b",
    };
    const json = { version: "1", image: "a:1", provenance };
    const answer = await server.call("POST", "/v1/environments/production/releases", { json });
    assertProblem(answer, "invalid_input");
    assert.match(answer.text, /ci\.example\.com/);
    assert.doesNotMatch(answer.text, /hunter2/);
  });

  it("never show a secret, wherever it was put", async () => {
    const bodies = [
      { secrets: "hunter2" },
      { secrets: ["hunter2"] },
      { secrets: { A: ["hunter2"] } },
      { secrets: { A: { B: "hunter2" } } },
      { secrets: { A: "hunter2\0" } },
      { secret: { A: "hunter2" } },
      { config: { DB_PASSWORD: { value: "hunter2" } } },
      "hunter2",
    ];
    for (const body of bodies) {
      for (const path of [`${E}/tenants`, `${E}/tenants/acme/preview`]) {
        const answer = await server.call("POST", path, { json: body });
        assertProblem(answer, "invalid_input");
        assert.doesNotMatch(answer.text, /hunter2/);
      }
    }
    const broken = await server.call("POST", `${E}/tenants`, {
      body: '{"secrets": {"A": hunter2}}',
      headers: { "content-type": "application/json" },
    });
    assertProblem(broken, "invalid_json");
    assert.doesNotMatch(broken.text, /hunter2/);
    assert.doesNotMatch(server.lines.join(""), /hunter2/);
  });

  it("tell an environment that is not declared, whatever else is wrong", async () => {
    for (const name of ["staging", "PRODUCTION", "a b", "x".repeat(99), "%00", "__proto__", "."]) {
      const path = `/v1/environments/${encodeURIComponent(name).replace(".", "%2e%20")}`;
      for (const [method, end] of [
        ["GET", ""],
        ["POST", "/stop"],
        ["GET", "/tenants/B!"],
      ] as const) {
        assertProblem(await server.call(method, path + end), "environment_not_found");
      }
    }
  });

  it("tell paths and methods that there are not", async () => {
    for (const path of [
      "/v1",
      "/v1/",
      "/v1/nope",
      "/V1/events",
      "/v1//events",
      "/x",
      "/console",
      "/.git/config",
      "/%2e%2e/",
    ]) {
      assertProblem(await server.call("GET", path), "route_not_found");
    }
    for (const [method, path, allow] of [
      ["DELETE", `${E}/tenants`, "POST, GET, HEAD, OPTIONS"],
      ["PUT", `${E}/tenants/acme`, "GET, HEAD, PATCH, DELETE, OPTIONS"],
      ["GET", `${E}/stop`, "POST, OPTIONS"],
      ["POST", `/v1/operations/${operationId}/events`, "GET, HEAD, OPTIONS"],
      ["POST", "/healthz", "GET, HEAD, OPTIONS"],
      ["PROPFIND", "/v1/events", "GET, HEAD, OPTIONS"],
    ] as const) {
      const answer = await server.call(method, path, method === "POST" ? { json: {} } : {});
      assertProblem(answer, "method_not_allowed");
      assert.equal(answer.headers.allow, allow);
    }
    const options = await server.call("OPTIONS", `${E}/tenants`);
    assert.deepEqual([options.status, options.headers.allow], [204, "POST, GET, HEAD, OPTIONS"]);
    assert.equal((await server.call("HEAD", `${E}/tenants/acme`)).status, 200);
  });

  it("are all in docs/api.md, as they are", async () => {
    const text = await readFile(new URL("../../docs/api.md", import.meta.url), "utf8");
    const rows = [...text.matchAll(/^\| `(\w+)`\s*\| (\d{3})\s*\| (.*?)\s*\|$/gm)].map(([, code, status, title]) => [
      code,
      Number(status),
      title,
    ]);
    assert.deepEqual(
      rows,
      Object.entries(problems).map(([code, { status, title }]) => [code, status, title]),
    );
  });
});
