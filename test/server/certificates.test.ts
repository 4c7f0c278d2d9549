import assert from "node:assert/strict";
import { certificatesView, hostnamesView } from "../../model/certificate.ts";
import { assertProblem } from "./support/assertProblem.ts";
import { startServer, type Server } from "./support/harness.ts";

const E = "/v1/environments/production";

describe("routes of certificates", () => {
  let server: Server;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  it("lists an environment's certificates by page, and a tenant's host names", async () => {
    const list = await server.call("GET", `${E}/certificates?limit=7`);
    assert.equal(list.status, 200);
    certificatesView.strict().parse(list.body);
    assert.deepEqual(server.automation.calls.at(-1), { name: "certificates.list", args: ["production", { limit: 7 }] });
    const names = await server.call("GET", `${E}/tenants/acme/certificates`);
    assert.equal(names.status, 200);
    hostnamesView.strict().parse(names.body);
    assert.deepEqual(server.automation.calls.at(-1)?.args, ["production", "acme"]);
  });

  it("refuses what it doesn't know", async () => {
    assertProblem(await server.call("GET", `${E}/certificates?state=issued`), "invalid_input");
    assertProblem(await server.call("GET", "/v1/environments/moon/certificates"), "environment_not_found");
    assertProblem(await server.call("DELETE", `${E}/certificates`), "method_not_allowed");
  });
});
