import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { tiers } from "../model/tenant.ts";
import { TestTeal } from "../test/e2e/teal.ts";
import { ingressAnnotations, ingressSpec } from "../tenant/plan/ingress.ts";
import { tenantLabels } from "../tenant/plan/labels.ts";
import { app } from "../tenant/plan/names.ts";
import { albRouting } from "../test/tenant/arbitrary.ts";
import { rollingOut } from "../test/tenant/specs.ts";
import { makeCluster, type TestCluster, tealOn } from "./ground.ts";
import { Proxy } from "./proxy.ts";

/** Everything that a tenant has, as paths name it. */
const kinds = [
  "configmaps",
  "deployments",
  "httproutes",
  "limitranges",
  "namespaces",
  "networkpolicies",
  "poddisruptionbudgets",
  "resourcequotas",
  "rolebindings",
  "roles",
  "secrets",
  "serviceaccounts",
  "services",
];

/** A tenant's Ingress with all that it can have: more host names than a rule takes, a preview, and nobody served. */
function fullIngress(): object {
  const spec = rollingOut({
    routing: albRouting,
    hostnames: ["acme.develop.localhost", "a.example.test", "b.example.test", "c.example.test"],
    suspended: "closed",
    maintenance: true,
  });
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: app, namespace: "default", labels: tenantLabels(spec), annotations: ingressAnnotations(spec) },
    spec: ingressSpec(spec, "teal-tenants"),
  };
}

describe("every manifest that Teal applies, validated strictly by a real API server", function () {
  this.timeout(180_000);
  let cluster: TestCluster;
  let proxy: Proxy;
  let teal: TestTeal;

  before(async () => {
    cluster = await makeCluster();
    proxy = await Proxy.open(cluster.tealKubeconfig);
    proxy.way.strict = true;
    const kubeconfig = await proxy.writeKubeconfig(join(cluster.state, "proxy.kubeconfig"));
    teal = new TestTeal({ ...tealOn(cluster), KUBECONFIG: kubeconfig });
    await teal.start();
    const background = { components: { web: { port: 8081 }, background: { replicas: 2, command: ["worker"] } } };
    await teal.release("1.0.0", background);
    await teal.release("2.0.0", { ...background, checks: [{ path: "/healthz" }] });
  });
  after(async () => {
    await teal.stop();
    await proxy.close();
    await cluster.remove();
  });

  it("passes: tenants of every tier through provision, rollout, change of settings and tier, and removal", async () => {
    const more = {
      hostnames: ["shop.example.test"],
      config: { GREETING: "hello" },
      flags: { beta: true },
      secrets: { API_KEY: "s3cr3t-value" },
    };
    const ended = async (operation: { id: string }) => {
      const end = await teal.ending(operation);
      assert.equal(end.state, "succeeded", JSON.stringify(end));
    };
    const provisions = tiers.map((tier) =>
      teal.provision(`acme-${tier}`, "1.0.0", { tier, ...(tier === tiers[0] && more) }),
    );
    for (const operation of await Promise.all(provisions)) await ended(operation);
    const id = `acme-${tiers[0]}`;
    await ended(await teal.rollout(id, "2.0.0", { steps: [50, 100] }));
    const path = `/v1/environments/develop/tenants/${id}`;
    const etag = (await teal.call("GET", path)).headers.get("etag")!;
    await ended(await teal.accepted("PATCH", path, { tier: tiers.at(-1), flags: {} }, { "if-match": etag }));
    await ended(await teal.accepted("DELETE", `${path}?reason=done`));

    const wrong = proxy.written.filter(({ status, warning }) => status >= 400 || warning !== undefined);
    assert.deepEqual(
      wrong.map(({ method, path, status, warning, answer }) => ({ method, path, status, warning, answer })),
      [],
    );
    const resources = proxy.written.flatMap(({ path }) => path.split("/"));
    assert.deepEqual(
      kinds.filter((kind) => !resources.includes(kind)),
      [],
    );
  });

  it("passes: the Ingress that it would make where a load balancer of AWS's splits", async () => {
    const path = join(cluster.state, "ingress.json");
    await writeFile(path, JSON.stringify(fullIngress()));
    const how = ["--server-side", "--field-manager=teal", "--validate=strict", "--dry-run=server"];
    const { stdout, stderr } = await promisify(execFile)(cluster.kubectl, [
      "--kubeconfig",
      cluster.kubeconfig,
      "apply",
      ...how,
      "-f",
      path,
    ]);
    assert.equal(stderr, "");
    assert.match(stdout, /ingress\.networking\.k8s\.io\/app serverside-applied/);
  });
});
