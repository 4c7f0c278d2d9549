import assert from "node:assert/strict";
import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { connect, type TLSSocket } from "node:tls";
import type { RunningGateway } from "../../../sandbox/gateway/gateway.ts";
import type { Gateway } from "../../../sandbox/gateway/resources.ts";
import { createAuthority } from "../../../x509/authority.ts";
import { TestCluster } from "../kubernetes/cluster.ts";
import { eventually } from "../kubernetes/eventually.ts";

const gatewayPath = "/apis/gateway.networking.k8s.io/v1/namespaces/teal-system/gateways/teal";

describe("sandbox/gateway by TLS", () => {
  const authority = createAuthority("test authority");
  let cluster: TestCluster;
  let gateway: RunningGateway;

  before(async () => {
    cluster = await TestCluster.start();
    gateway = await cluster.gateway({ tlsPort: 0 });
    await cluster.client.create("/api/v1/namespaces", { metadata: { name: "acme" } });
    await cluster.client.create("/apis/gateway.networking.k8s.io/v1/namespaces/acme/httproutes", {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "web" },
      spec: {
        parentRefs: [{ name: "teal", namespace: "teal-system" }],
        hostnames: ["acme.localhost"],
        rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { statusCode: 302 } }] }],
      },
    });
    await eventually(async () => {
      const { port } = gateway;
      const request = http.get({ host: "127.0.0.1", port, headers: { host: "acme.localhost" }, agent: false });
      const [response] = (await once(request, "response")) as [IncomingMessage];
      response.destroy();
      assert.equal(response.statusCode, 302);
    });
  });
  after(() => cluster.stop());

  async function secret(name: string, names: string[]): Promise<void> {
    const { certificate, key } = authority.issue({ commonName: name, usages: ["server"], names });
    const encoded = (text: string): string => Buffer.from(text).toString("base64");
    await cluster.client.create("/api/v1/namespaces/teal-system/secrets", {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name },
      type: "kubernetes.io/tls",
      data: { "tls.crt": encoded(certificate), "tls.key": encoded(key) },
    });
  }

  /** Has the Gateway's HTTPS listener refer to these Secrets. */
  async function refer(...names: string[]): Promise<void> {
    const { spec } = await cluster.client.get<Gateway>(gatewayPath);
    const secure = {
      name: "https",
      protocol: "HTTPS",
      port: 443,
      tls: { mode: "Terminate", certificateRefs: names.map((name) => ({ name })) },
      allowedRoutes: { namespaces: { from: "All" } },
    };
    const http = spec.listeners.filter(({ name }) => name === "http");
    await cluster.client.patch(gatewayPath, { spec: { listeners: [...http, secure] } });
  }

  async function handshake(servername: string): Promise<TLSSocket> {
    const socket = connect({ host: "127.0.0.1", port: gateway.tlsPort!, servername, ca: authority.certificate });
    await once(socket, "secureConnect");
    return socket;
  }
  const served = async (servername: string): Promise<string> => {
    const socket = await handshake(servername);
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  };

  it("serves the certificate of the name that is asked for, and routes as by HTTP", async () => {
    await secret("first", ["acme.localhost", "globex.localhost"]);
    await refer("first");
    await eventually(async () => assert.equal(await served("acme.localhost"), "first"));
    assert.equal(await served("GLOBEX.localhost"), "first");
    const headers = { host: "acme.localhost:1" };
    const request = https.get({
      host: "127.0.0.1",
      port: gateway.tlsPort,
      headers,
      servername: "acme.localhost",
      ca: authority.certificate,
      agent: false,
    });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    assert.equal(response.headers.location, `https://acme.localhost:${gateway.tlsPort}/`);
    response.destroy();
  });

  it("gives others no certificate: the handshake fails", async () => {
    await assert.rejects(handshake("initech.localhost"), /alert handshake failure|no.*cipher/i);
    await assert.rejects(handshake(""), /alert handshake failure|no.*cipher/i);
  });

  it("changes certificates without cutting a connection", async () => {
    const old = await handshake("acme.localhost");
    await secret("second", ["acme.localhost"]);
    await refer("first", "second");
    await eventually(async () => assert.equal(await served("acme.localhost"), "second"));
    await refer("second");
    await eventually(async () => assert.rejects(handshake("globex.localhost")));
    old.write("GET / HTTP/1.1\r\nHost: acme.localhost\r\nConnection: close\r\n\r\n");
    const [answer] = (await once(old, "data")) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1.1 302 /);
    old.destroy();
  });

  it("says of a listener which certificate it lacks, and serves the others", async () => {
    await refer("second", "missing");
    await eventually(async () => {
      const { status } = await cluster.client.get<Gateway>(gatewayPath);
      const conditions = status?.listeners?.find(({ name }) => name === "https")?.conditions;
      const resolved = conditions?.find(({ type }) => type === "ResolvedRefs");
      assert.deepEqual([resolved?.status, resolved?.reason], ["False", "InvalidCertificateRef"]);
      assert.match(resolved?.message ?? "", /teal-system\/missing/);
    });
    assert.equal(await served("acme.localhost"), "second");
  });
});
