import assert from "node:assert/strict";
import fc from "fast-check";
import { TestTeal } from "./teal.ts";

type Document = { paths: Record<string, Record<string, unknown>> };

describe("garbage", function () {
  this.timeout(120_000);
  let teal: TestTeal;
  let calls: { method: string; path: string }[];

  before(async () => {
    teal = await new TestTeal().start();
    await teal.release("1.0.0");
    await teal.ending(await teal.provision("acme", "1.0.0"));
    const { paths } = await teal.accepted<Document>("GET", "/v1/openapi.json");
    calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => ["get", "post", "patch", "delete", "put"].includes(method))
        .map((method) => ({ method: method.toUpperCase(), path })),
    );
    assert.ok(calls.length > 20);
  });
  after(() => teal.stop());

  /** All that a wrongly accepted call could have changed. */
  const everything = async () => [
    await teal.accepted("GET", "/v1/events?limit=200"),
    await teal.accepted("GET", "/v1/operations"),
    await teal.accepted("GET", "/v1/environments/develop/tenants"),
    await teal.accepted("GET", "/v1/environments/develop/releases"),
  ];
  const send = (method: string, path: string, body: string | undefined, headers: Record<string, string> = {}) =>
    fetch(teal.api + path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && method !== "GET" && { body }),
    });

  it("on every route, in body, path, query and headers, is a 4xx problem and changes nothing", async () => {
    const before = await everything();
    const segment = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("..", "%00", "%ff", "acme'--", "__proto__", "💥", "-"),
    );
    const anyPath = (path: string) =>
      fc
        .array(segment, { minLength: 4, maxLength: 4 })
        .map((parts) => path.replace(/\{\w+\}/g, () => safeEncode(parts.pop() ?? "x") || "x"));
    const anyBody = fc.oneof(
      fc.json(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "{", "[]", "null", '{"id":{}}'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...calls).chain((c) => fc.record({ method: fc.constant(c.method), path: anyPath(c.path) })),
        anyBody,
        fc.constantFrom("", "?limit=-1", "?limit=999999", "?cursor=%00", "?x=1&x=2", "?unknown=1"),
        async ({ method, path }, body, query) => {
          const answer = await send(method, path + query, body);
          assert.ok(answer.status < 500, `${method} ${path}${query} ${body}: ${answer.status}`);
          if (method === "GET" && answer.status < 400) return void (await answer.body?.cancel());
          assert.ok(answer.status >= 400, `${method} ${path}${query} ${body}: ${answer.status}`);
          assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
          const problem = (await answer.json()) as { code?: string; status?: number; title?: string };
          assert.equal(problem.status, answer.status);
          assert.ok(problem.code && problem.title);
        },
      ),
      { numRuns: 400 },
    );
    assert.deepEqual(await everything(), before);
  });

  it("in a body that is nearly right names the field, what was expected and what came", async () => {
    const base = { id: "new", name: "New", release: "1.0.0" };
    const cases: [object, string][] = [
      [{ ...base, id: "Not A Label" }, "/id"],
      [{ ...base, id: "x".repeat(41) }, "/id"],
      [{ ...base, tier: "huge" }, "/tier"],
      [{ ...base, hostnames: ["http://x.y"] }, "/hostnames/0"],
      [{ ...base, config: { A: 1 } }, "/config/A"],
      [{ ...base, surprise: true }, "/surprise"],
      [{ ...base, secrets: { KEY: 5 } }, "/secrets/KEY"],
      [{ id: "new" }, "/name"],
    ];
    const before = await everything();
    for (const [body, pointer] of cases) {
      const answer = await teal.call<{ code: string; errors: { pointer: string; message: string }[] }>(
        "POST",
        "/v1/environments/develop/tenants",
        body,
      );
      assert.equal(answer.status, 400);
      assert.equal(answer.body.code, "invalid_input");
      assert.ok(
        answer.body.errors.some((e) => e.pointer === pointer),
        `${pointer}: ${JSON.stringify(answer.body)}`,
      );
    }
    assert.deepEqual(await everything(), before);
  });

  it("too large, of another type, or from another site is refused", async () => {
    const path = "/v1/environments/develop/tenants";
    assert.equal((await send("POST", path, JSON.stringify({ name: "x".repeat(2_000_000) }))).status, 413);
    assert.equal(
      (await send("POST", path, "a=b", { "content-type": "application/x-www-form-urlencoded" })).status,
      415,
    );
    assert.equal((await send("POST", path, "{}", { origin: "https://evil.example" })).status, 403);
    assert.equal((await teal.call("PUT", path)).status, 405);
    assert.equal((await teal.call("GET", "/v1/nowhere")).status, 404);
    assert.equal((await teal.call("GET", "/v1/environments/nowhere/tenants")).status, 404);
  });
});

function safeEncode(text: string): string {
  return text.startsWith("%") ? text : encodeURIComponent(text.toWellFormed());
}
