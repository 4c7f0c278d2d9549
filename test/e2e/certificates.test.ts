import assert from "node:assert/strict";
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { connect } from "node:tls";
import type { CertificatesView, HostnamesView } from "../../model/certificate.ts";
import { TestTeal, until } from "./teal.ts";

const E = "/v1/environments/develop";

/** What a client by SNI got: the names of the certificate, and the answer of the pod behind it. */
interface Visit {
  names: string;
  serial: string;
  body: { tenant: string };
}

/* Of the sandbox's own authority, which no other cluster has: the cluster suite leaves it out. */
describe("certificates", function () {
  this.timeout(180_000);
  let teal: TestTeal;
  let tlsPort: number;
  before(async () => {
    teal = await new TestTeal().start();
    tlsPort = Number(/HTTPS +\S+:(\d+)\//.exec(teal.printed)![1]);
    await teal.release("1.0.0");
  });
  after(() => teal.stop());

  const directory = (): string => join(teal.data, "certificates");
  const certificates = () => teal.accepted<CertificatesView>("GET", `${E}/certificates?limit=200`);
  const hostnames = async (id: string) =>
    (await teal.accepted<HostnamesView>("GET", `${E}/tenants/${id}/certificates`)).items;

  /** One request on a connection of its own, by a client that trusts the sandbox's authority only. */
  function visit(servername: string): Promise<Visit> {
    const ca = readFileSync(join(directory(), "ca.pem"));
    return new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: tlsPort, servername, ca });
      socket.setTimeout(10_000, () => socket.destroy(new Error("no answer in 10 s")));
      socket.once("error", reject);
      socket.once("secureConnect", () => {
        const { subjectaltname = "", serialNumber } = socket.getPeerCertificate();
        const sent = request({ createConnection: () => socket, headers: { host: servername } }, (response) => {
          let text = "";
          response.on("data", (chunk: Buffer) => (text += chunk.toString()));
          response.on("end", () => {
            socket.destroy();
            resolve({ names: subjectaltname, serial: serialNumber, body: JSON.parse(text) as { tenant: string } });
          });
        });
        sent.once("error", reject);
        sent.end();
      });
    });
  }

  /** Visits without a pause until stopped: every handshake that failed is told. */
  function keepVisiting(servername: string) {
    let going = true;
    const failures: string[] = [];
    const serials = new Set<string>();
    let visits = 0;
    const loop = (async () => {
      while (going) {
        visits++;
        await visit(servername).then(
          ({ serial }) => serials.add(serial),
          (error: Error) => failures.push(error.message),
        );
        await new Promise((done) => setTimeout(done, 10));
      }
    })();
    const stop = async () => {
      going = false;
      await loop;
      return { visits, failures, serials };
    };
    teal.cleanups.push(stop);
    return { stop };
  }

  const served = (servername: string) =>
    until(
      `a certificate for ${servername}`,
      () =>
        visit(servername).then(
          () => true,
          () => false,
        ),
      30,
    );

  it("serves a tenant's own name by TLS as soon as it is there, and prints how to look", async () => {
    await teal.ending(await teal.provision("acme", "1.0.0"));
    await served("acme.develop.localhost");
    const { names, body } = await visit("acme.develop.localhost");
    assert.match(names, /DNS:acme\.develop\.localhost/);
    assert.equal(body.tenant, "acme");
    assert.ok(teal.printed.includes(`curl --cacert ${join(directory(), "ca.pem")}`));
    assert.equal(statSync(join(directory(), "ca.key")).mode & 0o777, 0o600);
    const [own] = await hostnames("acme");
    assert.deepEqual([own?.state, own?.own, own?.waits], ["served", true, null]);
  });

  it("refuses the handshake for a name that is nobody's", async () => {
    await assert.rejects(visit("nobody.develop.localhost"), /handshake failure|alert/);
  });

  it("waits for a custom domain's owner, and says what to set", async () => {
    await teal.ending(await teal.provision("globex", "1.0.0", { hostnames: ["shop.globex.example"] }));
    await served("globex.develop.localhost");
    await until("the record to be shown", async () => (await hostnames("globex"))[1]?.record != null);
    const [, shop] = await hostnames("globex");
    assert.deepEqual([shop?.hostname, shop?.state, shop?.waits?.code], ["shop.globex.example", "waiting", "record"]);
    await assert.rejects(visit("shop.globex.example"));
    const { name, type, value } = shop!.record!;
    appendFileSync(join(directory(), "dns.txt"), `${name}. 300 IN ${type} ${value}.\n`);
    await served("shop.globex.example");
    assert.equal((await visit("shop.globex.example")).body.tenant, "globex");
  });

  it("replaces certificates while Teal is killed and comes back, and no handshake fails", async () => {
    const visiting = keepVisiting("acme.develop.localhost");
    const first = (await visit("acme.develop.localhost")).serial;
    // Each one that comes has the certificate of names of ours asked for anew.
    await teal.provision("initech", "1.0.0");
    await teal.provision("umbrella", "1.0.0");
    await teal.crash();
    await teal.start();
    await served("initech.develop.localhost");
    await served("umbrella.develop.localhost");
    await until(
      "acme's certificate to be another",
      async () => (await visit("acme.develop.localhost")).serial !== first,
    );
    await until("the old ones to be gone", async () => {
      const { items, hostnames: counts } = await certificates();
      return counts.served === counts.wanted && items.every(({ attached }) => attached !== null);
    });
    const { visits, failures, serials } = await visiting.stop();
    assert.deepEqual(failures, []);
    assert.ok(visits > 50 && serials.size > 1, `${visits} visits, ${serials.size} certificates`);
  });

  it("serves a tenant no longer that has gone, once its certificate is replaced", async () => {
    const { body } = await teal.call<{ id: string }>("DELETE", `${E}/tenants/globex`);
    await teal.ending(body);
    await until(
      "the custom domain to be given up",
      () =>
        visit("shop.globex.example").then(
          () => false,
          () => true,
        ),
      60,
    );
    const { hostnames: counts, waiting } = await certificates();
    assert.equal(counts.wanted, counts.served);
    assert.deepEqual(waiting, []);
  });
});
