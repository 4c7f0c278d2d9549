import assert from "node:assert/strict";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { post } from "../../../automation/telling/post.ts";
import { createAuthority } from "../../../x509/authority.ts";

describe("calls to webhooks by https", () => {
  const authority = createAuthority("the receiver's authority");
  const names = ["hooks.example.com", "127.0.0.1"];
  const { certificate: cert, key } = authority.issue({ commonName: names[0]!, usages: ["server"], names });
  const asked: [unknown, string | undefined][] = [];
  const server = createServer({ cert, key }, (request, response) => {
    asked.push([(request.socket as TLSSocket).servername, request.headers.host]);
    response.writeHead(204).end();
  });
  const defaults = getCACertificates("default");
  let port = 0;
  before(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    port = (server.address() as AddressInfo).port;
  });
  after(async () => {
    setDefaultCACertificates(defaults);
    await new Promise((done) => server.close(done));
  });
  const call = (host: string) => {
    const url = `https://${host}:${port}/`;
    const posting = { reach: { loopback: true, private: false }, resolve: async () => ["127.0.0.1"] };
    return post({ url, secret: "0123456789abcdef", id: "msg_1", body: "{}" }, posting);
  };

  it("need a certificate that the machine trusts", async () => {
    const posted = await call("hooks.example.com");
    assert.equal(posted.status, null);
    assert.match(posted.problem ?? "", /^It could not be called: (UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/);
    assert.deepEqual(asked, []);
  });

  it("need one of the name that was asked for, though an address is connected to", async () => {
    setDefaultCACertificates([...defaults, authority.certificate]);
    assert.deepEqual(await call("hooks.example.com"), { status: 204 });
    assert.deepEqual(asked, [["hooks.example.com", `hooks.example.com:${port}`]]);
    const other = await call("other.example.com");
    assert.equal(other.problem, "It could not be called: ERR_TLS_CERT_ALTNAME_INVALID.");
    assert.deepEqual(await call("127.0.0.1"), { status: 204 });
    assert.equal(asked.length, 2);
  });
});
