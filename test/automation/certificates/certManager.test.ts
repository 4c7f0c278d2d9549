import assert from "node:assert/strict";
import { ApiException } from "@kubernetes/client-node";
import { certManagerCertificates } from "../../../automation/certificates/certManager/provider.ts";
import type { Cluster } from "../../../automation/probes/cluster.ts";

interface Stored {
  metadata: { name: string; resourceVersion?: string };
  spec: Record<string, unknown>;
  status?: unknown;
}

const refused = (code: number): ApiException<string> => new ApiException(code, "", "", {});

/** As much of an API server as the provider asks: objects by plural and name, and conflicts where they have changed. */
function fakeCluster() {
  const objects = new Map<string, Stored>();
  const secrets = new Set<string>();
  let conflicts = 0;
  const get = (key: string): Stored => {
    const found = objects.get(key);
    if (!found) throw refused(404);
    return structuredClone(found);
  };
  const custom = {
    getNamespacedCustomObject: async ({ plural, name }: { plural: string; name: string }) => get(`${plural}/${name}`),
    createNamespacedCustomObject: async ({ plural, body }: { plural: string; body: Stored }) => {
      const key = `${plural}/${body.metadata.name}`;
      if (objects.has(key)) throw refused(409);
      objects.set(key, structuredClone(body));
    },
    replaceNamespacedCustomObject: async ({ plural, name, body }: { plural: string; name: string; body: Stored }) => {
      if (conflicts-- > 0) throw refused(409);
      objects.set(`${plural}/${name}`, structuredClone(body));
    },
    deleteNamespacedCustomObject: async ({ plural, name }: { plural: string; name: string }) => {
      if (!objects.delete(`${plural}/${name}`)) throw refused(404);
    },
  };
  const core = {
    deleteNamespacedSecret: async ({ name }: { name: string }) => {
      if (!secrets.delete(name)) throw refused(404);
    },
  };
  const http = { name: "http", protocol: "HTTP", port: 80 };
  objects.set("gateways/teal", { metadata: { name: "teal" }, spec: { gatewayClassName: "envoy", listeners: [http] } });
  return {
    cluster: { custom, core } as unknown as Cluster,
    objects,
    secrets,
    conflict: (times: number) => (conflicts = times),
    listeners: () => objects.get("gateways/teal")!.spec["listeners"] as { name: string; tls?: unknown }[],
  };
}

describe("certificates of cert-manager", () => {
  const gateway = { namespace: "teal-system", name: "teal", port: 443 };
  const request = { environment: "production", sequence: 7, names: ["a.example", "b.example"], again: false };

  it("asks by a Certificate object, the same one when asked again", async () => {
    const fake = fakeCluster();
    const provider = certManagerCertificates({ cluster: fake.cluster, gateway, issuer: "letsencrypt" });
    const name = await provider.request(request);
    assert.equal(await provider.request({ ...request, again: true }), name);
    const { spec } = fake.objects.get(`certificates/${name}`)!;
    assert.deepEqual([spec["dnsNames"], spec["secretName"]], [request.names, name]);
    assert.deepEqual(spec["issuerRef"], { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" });
  });

  it("reads how far it has come", async () => {
    const fake = fakeCluster();
    const provider = certManagerCertificates({ cluster: fake.cluster, gateway, issuer: "letsencrypt" });
    const name = await provider.request(request);
    const state = async (status?: object) => {
      fake.objects.get(`certificates/${name}`)!.status = status;
      const described = await provider.describe(name);
      return [described?.state, described?.expiresAt?.toISOString() ?? null, described?.failure];
    };
    const ready = (status: string) => ({ type: "Ready", status, message: "Issuing certificate" });
    assert.deepEqual(await state(), ["requested", null, null]);
    assert.deepEqual(await state({ conditions: [ready("False")] }), ["requested", null, null]);
    const notAfter = "2026-12-01T00:00:00.000Z";
    assert.deepEqual(await state({ conditions: [ready("True")], notAfter }), ["issued", notAfter, null]);
    const issuing = { type: "Issuing", status: "False", message: "The order was refused." };
    const lastFailureTime = "2026-11-01T00:00:00Z";
    const failed = await state({ conditions: [ready("False"), issuing], lastFailureTime });
    assert.deepEqual(failed, ["failed", null, "The order was refused."]);
    assert.equal(await provider.describe("teal-production-8"), null);
  });

  it("serves by the Gateway's HTTPS listener, keeps other listeners, and leaves nothing", async () => {
    const fake = fakeCluster();
    const provider = certManagerCertificates({ cluster: fake.cluster, gateway, issuer: "letsencrypt" });
    const name = await provider.request(request);
    fake.secrets.add(name);
    fake.conflict(2);
    await provider.attach("production", name, 0);
    await provider.attach("production", name, 0);
    assert.deepEqual(await provider.attached("production"), [{ reference: name, listener: 0 }]);
    assert.deepEqual(await provider.attached("staging"), []);
    const [http, https] = fake.listeners();
    assert.equal(http?.name, "http");
    assert.deepEqual(https?.tls, { mode: "Terminate", certificateRefs: [{ name }] });
    await provider.detach("production", name, 0);
    await provider.detach("production", name, 0);
    // Without a certificate the API takes no HTTPS listener.
    assert.deepEqual(
      fake.listeners().map((one) => one.name),
      ["http"],
    );
    await provider.drop(name, []);
    await provider.drop(name, []);
    assert.deepEqual([fake.objects.size, fake.secrets.size], [1, 0]);
  });
});
