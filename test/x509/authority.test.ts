import { strict as assert } from "node:assert";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import { createAuthority, openAuthority } from "../../x509/authority.ts";

describe("x509: authority", () => {
  const authority = createAuthority("test authority");

  it("makes an authority that signs itself and may sign others", () => {
    const certificate = new X509Certificate(authority.certificate);
    assert.ok(certificate.ca);
    assert.equal(certificate.subject, "CN=test authority");
    assert.ok(certificate.verify(certificate.publicKey));
    assert.ok(certificate.checkPrivateKey(createPrivateKey(authority.key)));
  });

  it("issues what was asked for, and no more", () => {
    const issued = authority.issue({
      commonName: "system:node:node-1",
      organization: "system:nodes",
      usages: ["server", "client"],
      names: ["127.0.0.1", "localhost"],
    });
    const certificate = new X509Certificate(issued.certificate);
    assert.equal(certificate.subject, "O=system:nodes\nCN=system:node:node-1");
    assert.ok(!certificate.ca);
    assert.ok(certificate.checkIssued(new X509Certificate(authority.certificate)));
    assert.ok(certificate.verify(new X509Certificate(authority.certificate).publicKey));
    assert.equal(certificate.checkIP("127.0.0.1"), "127.0.0.1");
    assert.equal(certificate.checkHost("localhost"), "localhost");
    assert.equal(certificate.checkIP("127.0.0.2"), undefined);
    assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
    const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
    assert.ok(days > 364 && days <= 365, `valid for ${days} days`);
  });

  it("is the same authority when it is opened again", () => {
    const { certificate, key } = authority;
    const again = openAuthority("test authority", { certificate, key });
    const names = ["a.example.com"];
    const issued = again.issue({ commonName: "a", usages: ["server"], names, validDays: 30 });
    const leaf = new X509Certificate(issued.certificate);
    const issuer = new X509Certificate(certificate);
    assert.ok(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey));
    const days = (Date.parse(leaf.validTo) - Date.now()) / 86_400_000;
    assert.ok(days > 29 && days <= 30, `valid for ${days} days`);
  });

  it("gives every certificate a serial number of its own", () => {
    const serials = Array.from({ length: 50 }, () => {
      const { certificate } = authority.issue({ commonName: "a", usages: ["client"] });
      return new X509Certificate(certificate).serialNumber;
    });
    assert.equal(new Set(serials).size, 50);
  });

  it("serves mutual TLS, and refuses a client of another authority", async () => {
    const { certificate: cert, key } = authority.issue({ commonName: "s", usages: ["server"], names: ["127.0.0.1"] });
    const server = createServer({ cert, key, ca: authority.certificate, requestCert: true }, (socket) => {
      socket.on("error", () => undefined).end(String(socket.getPeerCertificate().subject.CN));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const answer = async (issuer: typeof authority): Promise<string> => {
      const client = issuer.issue({ commonName: "teal-admin", usages: ["client"] });
      const socket: TLSSocket = connect({
        host: "127.0.0.1",
        port,
        ca: authority.certificate,
        cert: client.certificate,
        key: client.key,
      });
      let body = "";
      for await (const part of socket.setEncoding("utf8")) body += part;
      return body;
    };
    try {
      assert.equal(await answer(authority), "teal-admin");
      // In TLS 1.3 the client learns of it late: what counts is that the server gives no answer.
      const refused = once(server, "tlsClientError");
      assert.equal(await answer(createAuthority("test authority")).catch(() => ""), "");
      await refused;
    } finally {
      server.close();
    }
  });
});
