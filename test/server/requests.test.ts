import assert from "node:assert/strict";
import type { FieldError } from "../../server/http/fields.ts";
import { assertProblem } from "./support/assertProblem.ts";
import { startServer, type Server } from "./support/harness.ts";

const E = "/v1/environments/production";

describe("requests that do not fit", () => {
  let server: Server;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());
  beforeEach(() => void (server.automation.calls.length = 0));

  it("are refused: bodies that are not JSON, too large, or of another type", async () => {
    const post = (body: string | Uint8Array, type = "application/json", headers = {}) =>
      server.call("POST", `${E}/tenants`, { body, headers: { "content-type": type, ...headers } });
    for (const text of ["", " ", "{", "nul", "{'a':1}", '{"a":1}x', "NaN", '{"a":\u0000}', "[".repeat(100_000)]) {
      assertProblem(await post(text), "invalid_json");
    }
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0xc3, 0x28],
      [0xed, 0xa0, 0x80],
    ]) {
      assertProblem(await post(Uint8Array.from(bytes)), "invalid_json");
    }
    const large = JSON.stringify({ name: "x".repeat(256 * 1024) });
    assertProblem(await post(large), "payload_too_large");
    assertProblem(await post(large, "application/json", { "transfer-encoding": "chunked" }), "payload_too_large");
    const types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json", ""];
    types.push("application/json; charset=utf-16", "text/plain; application/json", "application/merge-patch+json");
    for (const type of types) assertProblem(await post("{}", type), "unsupported_media_type");
    assertProblem(await post("{}", "application/json", { "content-encoding": "gzip" }), "unsupported_media_type");
    assertProblem(await server.call("POST", `${E}/tenants`), "unsupported_media_type");
    assert.equal(server.automation.calls.length, 0);
  });

  it("are refused: JSON that nothing here could mean", async () => {
    const post = (text: string) =>
      server.call("POST", `${E}/tenants`, { body: text, headers: { "content-type": "application/json" } });
    const whole = (more: string) => `{"id":"a","name":"A","release":"1",${more}}`;
    for (const [text, at] of [
      [whole('"config":{"__proto__":"x"}'), "/config/__proto__"],
      [whole('"__proto__":{"id":"b"}'), "/__proto__"],
      [whole('"config":{"A":"\\u0000"}'), "/config/A"],
      [whole('"config":{"A":"\\ud800"}'), "/config/A"],
      [whole('"config":{"A\\u0000":""}'), "/config"],
      [whole(`"config":${'{"a":'.repeat(40)}1${"}".repeat(40)}`), `/config${"/a".repeat(32)}`],
      [whole('"flags":{"A":1e999}'), "/flags/A"],
      ["[]", ""],
      ["null", ""],
      ["3", ""],
    ] as const) {
      const { errors } = assertProblem(await post(text), "invalid_input");
      assert.equal((errors as FieldError[])[0]?.pointer, at, text);
    }
    const many = { id: "a", name: "A", release: "1", hostnames: Array.from({ length: 9000 }, () => 1) };
    const { errors } = assertProblem(await post(JSON.stringify(many)), "invalid_input");
    assert.ok((errors as FieldError[]).length <= 50);
    assert.equal(server.automation.calls.length, 0);
  });

  it("are refused: queries", async () => {
    for (const query of [
      "limit=0",
      "limit=201",
      "limit=",
      "limit=1e2",
      "limit=-1",
      "limit=0x10",
      "limit=1&limit=2",
      "limit[]=1",
      "cursor=",
      `cursor=${"x".repeat(501)}`,
      "cursor=a%20b",
      "colour=red",
      "__proto__=1",
      "cursor=%ff",
      "cursor=%00",
      "%zz",
      "cursor=%",
    ]) {
      assertProblem(await server.call("GET", `${E}/tenants?${query}`), "invalid_input");
    }
    for (const query of ["state=done", "kind=x", "environment=A", "tenant=-", "after=1"]) {
      assertProblem(await server.call("GET", `/v1/operations?${query}`), "invalid_input");
    }
    for (const query of ["after=-1", "after=x", "after=9999999999999999", "limit=500"]) {
      assertProblem(await server.call("GET", `/v1/events?${query}`), "invalid_input");
    }
    assertProblem(await server.call("POST", `${E}/stop?reason=x`, { json: { reason: "r" } }), "invalid_input");
    assertProblem(await server.call("DELETE", `${E}/tenants/acme?reason=${"x".repeat(501)}`), "invalid_input");
    assert.equal(server.automation.calls.length, 0);
    assert.equal((await server.call("GET", `${E}/tenants?`)).status, 200);
  });

  it("are refused: paths", async () => {
    for (const id of ["A", "-a", "a_b", "x".repeat(41), "%00", "é", "__proto__"]) {
      const path = `${E}/tenants/${id === "%00" ? id : encodeURIComponent(id)}`;
      assertProblem(await server.call("GET", path), "invalid_input");
    }
    assertProblem(await server.call("GET", `${E}/tenants/%ff`), "bad_request");
    assertProblem(await server.call("GET", `${E}/releases/%2e%2e%2f`), "invalid_input");
    assertProblem(await server.call("GET", "/v1/operations/7"), "invalid_input");
    assert.equal(server.automation.calls.length, 0);
  });

  it("are answered: what is not even a request", async () => {
    assert.match(await server.raw("nonsense\r\n\r\n"), /^HTTP\/1\.1 400 .*"code":"bad_request"/s);
    const headers = `GET /healthz HTTP/1.1\r\nHost: localhost:${server.port}\r\nX: ${"x".repeat(20_000)}\r\n\r\n`;
    const expecting = await server.call("GET", "/healthz", { headers: { expect: "the-impossible" } });
    assert.equal(expecting.status, 200);
    assert.match(await server.raw(headers), /^HTTP\/1\.1 431 .*"code":"headers_too_large"/s);
    assert.match(await server.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), /^HTTP\/1\.1 403 .*foreign_host/s);
    assert.match(
      await server.raw(
        `GET /v1/environments HTTP/1.1\r\nHost: evil:1\r\nHost: localhost:${server.port}\r\nConnection: close\r\n\r\n`,
      ),
      /^HTTP\/1\.1 4/,
    );
  });
});
