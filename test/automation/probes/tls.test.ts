import assert from "node:assert/strict";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { whyNoAnswer } from "../../../automation/probes/answers.ts";
import { runCheck } from "../../../automation/probes/checks.ts";
import { createAuthority } from "../../../x509/authority.ts";

describe("what is asked through a load balancer by https", () => {
  const authority = createAuthority("the tenants' authority");
  const names = ["acme.production.example.com"];
  const { certificate: cert, key } = authority.issue({ commonName: names[0]!, usages: ["server"], names });
  const asked: unknown[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    asked.push([(request.socket as TLSSocket).servername, request.headers.host]);
    response.end("{}");
  });
  const defaults = getCACertificates("default");
  let gateway = "";
  before(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    gateway = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    setDefaultCACertificates([...defaults, authority.certificate]);
  });
  after(async () => {
    setDefaultCACertificates(defaults);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const ask = (host: string) =>
    runCheck(
      { gateway, routing: "alb-ingress", host, preview: null },
      { path: "/", method: "GET", status: 200, timeoutSeconds: 5 },
    );

  it("needs a certificate for the tenant's name, as a customer does", async () => {
    assert.deepEqual(await ask("acme.production.example.com"), { passed: true });
    assert.deepEqual(asked, [["acme.production.example.com", "acme.production.example.com"]]);
    const other = await ask("globex.production.example.com");
    assert.ok(!other.passed && !other.unrouted);
    assert.match(other.evidence.text, /got no answer: .*altnames/);
  });

  it("answers, whosever certificate it shows", async () => {
    assert.equal(await whyNoAnswer(gateway), undefined);
    assert.match((await whyNoAnswer("https://127.0.0.1:1/")) ?? "", /does not answer/);
  });
});
