import assert from "node:assert/strict";
import type { Stacks } from "../automation/stacks/stacks.ts";
import { kubeconfigOf, layoutOf } from "../cluster/layout.ts";
import { startGateway } from "../sandbox/gateway/gateway.ts";
import { KubeClient } from "../sandbox/kubernetes/client.ts";
import { makeCluster, type TestCluster } from "./ground.ts";
import { adopted, gateway, live, lookAt, migrating, tenant } from "./rights/life.ts";
import { record, type Recorder } from "./rights/recorder.ts";
import { rightsIn, roleIn, type Rule } from "./rights/role.ts";
import { type Ask, identity } from "./support/identity.ts";
import { applyPolicies } from "./support/policies.ts";
import { embeddedStacks } from "./support/stacks.ts";

const role = roleIn("teal.yaml");
const rolePath = `/apis/rbac.authorization.k8s.io/v1/clusterroles/${role.metadata.name}`;
/** Not asked of the API server by Teal, but by the policies: a right to be trusted. */
const trusted = "manage teal.dev/tenants";

describe("the rights that Teal and the gateway have", function () {
  this.timeout(180_000);
  let cluster: TestCluster;
  let administrator: Ask;
  let stacks: Stacks;
  const recorders: Recorder[] = [];

  before(async function () {
    this.timeout(45 * 60_000);
    cluster = await makeCluster();
    await applyPolicies(cluster);
    administrator = identity(cluster.kubeconfig, "administrator");
    await makeGateway(administrator);
    for (const who of ["teal", "gateway"] as const) {
      recorders.push(await record(kubeconfigOf(layoutOf(cluster.state), who), cluster.state));
    }
    stacks = await embeddedStacks(recorders[0]!.kubeconfig);
  });
  after(async () => {
    await stacks?.close();
    await Promise.all(recorders.map((recorder) => recorder.close()));
    await cluster?.remove();
  });

  it("are all that they need for a tenant's whole life, and all of them are used", async () => {
    const [teal, server] = recorders as [Recorder, Recorder];
    const serving = await startGateway(new KubeClient(server.kubeconfig), {
      listen: "127.0.0.1",
      port: 0,
      adminPort: 0,
      controllerName: "teal.dev/rights",
      log: () => undefined,
    });
    try {
      await live(stacks, teal.kubeconfig, tenant("acme"));
    } finally {
      await serving.stop();
    }
    assert.deepEqual([...teal.used, trusted].sort(), rightsIn(role).sort());
    assert.deepEqual([...server.used].sort(), rightsIn(roleIn("gateway.yaml")).sort());
  });

  describe("are missed one by one", () => {
    afterEach(() => setRules(role.rules));
    const setRules = (rules: Rule[]) => administrator({ method: "PATCH", path: rolePath, body: { rules } });

    for (const [index, rule] of role.rules.entries()) {
      it(`without ${rule.resources.join(", ")}`, async () => {
        const without = role.rules.filter((other) => other !== rule);
        assert.equal((await setRules(without)).code, 200);
        const spec = { ...migrating(tenant(`without-${index}`, "-crashing")), adopted };
        await assert.rejects(
          stacks.up(spec).then(() => lookAt(recorders[0]!.kubeconfig, spec)),
          /forbidden|code: 403/i,
        );
      });
    }
  });
});

async function makeGateway(administrator: Ask): Promise<void> {
  const api = "/apis/gateway.networking.k8s.io/v1";
  const apiVersion = "gateway.networking.k8s.io/v1";
  const listeners = [{ name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } }];
  const labels = { "teal.dev/adoptable": "true" };
  const objects: [string, object][] = [
    ["/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: adopted.namespace, labels } }],
    [
      `${api}/gatewayclasses`,
      { apiVersion, kind: "GatewayClass", metadata: { name: "rights" }, spec: { controllerName: "teal.dev/rights" } },
    ],
    [
      `${api}/namespaces/${gateway.namespace}/gateways`,
      {
        apiVersion,
        kind: "Gateway",
        metadata: { name: gateway.name },
        spec: { gatewayClassName: "rights", listeners },
      },
    ],
  ];
  for (const [path, body] of objects) assert.equal((await administrator({ method: "POST", path, body })).code, 201);
}
