import assert from "node:assert/strict";
import type { TenantSpec } from "../../tenant/spec.ts";
import { runProgram, type Registered } from "./program.ts";
import { albRouting } from "./arbitrary.ts";
import { rollingOut, slotOf, specOf } from "./specs.ts";

const secretValues = ["hunter2hunter2", "made-password", "preview-token-0123456789"];

/** Names of the resources whose inputs differ between two specs, or that only one of them has. */
async function difference(before: TenantSpec, after: TenantSpec): Promise<string[]> {
  const [a, b] = [(await runProgram(before)).resources, (await runProgram(after)).resources];
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].filter((key) => JSON.stringify(a.get(key)) !== JSON.stringify(b.get(key))).sort();
}

const route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::route";
const ingress = "kubernetes:networking.k8s.io/v1:Ingress::route";

describe("tenant/program", () => {
  it("makes all that a tenant has", async () => {
    const { resources } = await runProgram(
      rollingOut({ background: "green", green: slotOf({ background: { replicas: 1 } }) }),
    );
    const perSlot = (color: string) => [
      `kubernetes:apps/v1:Deployment::${color}-web`,
      `kubernetes:core/v1:ConfigMap::${color}-config`,
      `kubernetes:core/v1:Secret::${color}-secrets`,
      `kubernetes:core/v1:Service::${color}`,
      `kubernetes:policy/v1:PodDisruptionBudget::${color}-disruption-budget`,
      `teal:tenant:Slot::${color}`,
    ];
    const expected = [
      ...perSlot("blue"),
      ...perSlot("green"),
      "kubernetes:apps/v1:Deployment::green-background",
      "kubernetes:core/v1:LimitRange::limits",
      "kubernetes:core/v1:Namespace::namespace",
      "kubernetes:core/v1:ResourceQuota::quota",
      "kubernetes:core/v1:ServiceAccount::account",
      route,
      ...["default-deny", "allow-gateway", "allow-egress"].map(
        (name) => `kubernetes:networking.k8s.io/v1:NetworkPolicy::${name}`,
      ),
      "kubernetes:rbac.authorization.k8s.io/v1:Role::role",
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::role-binding",
      "pulumi:providers:kubernetes::cluster",
      "pulumi:pulumi:Stack::tenant-production.acme",
      "random:index/randomPassword:RandomPassword::password",
    ];
    assert.deepEqual([...resources.keys()].sort(), expected.sort());
  });

  describe("with a copy that is adopted", () => {
    const adopted = { color: "blue" as const, namespace: "shop", service: "shop", port: 8080 };
    const spec = specOf({ blue: null, adopted });
    const grant = "kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant::grant";
    const refs = (resources: Map<string, Registered>) => {
      const { rules } = resources.get(route)!.inputs["spec"] as { rules: { backendRefs: Record<string, unknown>[] }[] };
      return rules.map(({ backendRefs }) => backendRefs);
    };

    it("makes no workload, a route that leads there, and a grant for just that", async () => {
      const { resources } = await runProgram(spec);
      assert.ok(
        ![...resources.keys()].some((key) => /Deployment|:Service::|ConfigMap|Secret::/.test(key)),
        "makes workloads",
      );
      assert.deepEqual(refs(resources), [
        [{ group: "", kind: "Service", namespace: "shop", name: "shop", port: 8080, weight: 100 }],
      ]);
      const { metadata, spec: granted } = resources.get(grant)!.inputs as { metadata: object; spec: object };
      assert.partialDeepStrictEqual(metadata, { namespace: "shop", name: "teal-production-acme" });
      assert.deepEqual(granted, {
        from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "production-acme" }],
        to: [{ group: "", kind: "Service", name: "shop" }],
      });
    });

    it("is split with a release by the route alone, and let go with its grant", async () => {
      const rolling = { ...rollingOut({ blue: null, adopted }), weights: { blue: 100, green: 0 } };
      assert.deepEqual(await difference(rolling, { ...rolling, weights: { blue: 10, green: 90 } }), [route]);
      const { adopted: _, ...settled } = { ...rolling, live: "green" as const, weights: { blue: 0, green: 100 } };
      assert.deepEqual(await difference(rolling, settled), [grant, route].sort());
    });
  });

  it("closes a suspended tenant by its route and one Service more, and stops it by its Deployments alone", async () => {
    const spec = rollingOut();
    const closed = { ...spec, suspended: "closed" as const };
    assert.deepEqual(await difference(spec, closed), ["kubernetes:core/v1:Service::suspended", route]);
    assert.deepEqual(await difference(closed, { ...spec, suspended: "stopped" as const }), [
      "kubernetes:apps/v1:Deployment::blue-web",
      "kubernetes:apps/v1:Deployment::green-web",
    ]);
  });

  it("restarts a slot by its Deployment alone, and scales a tenant by Deployments and quota", async () => {
    const spec = rollingOut();
    const restarted = { ...spec, green: { ...spec.green!, restarts: 1 } };
    assert.deepEqual(await difference(spec, restarted), ["kubernetes:apps/v1:Deployment::green-web"]);
    assert.deepEqual(await difference(spec, { ...spec, replicas: 4 }), [
      "kubernetes:apps/v1:Deployment::blue-web",
      "kubernetes:apps/v1:Deployment::green-web",
      "kubernetes:core/v1:ResourceQuota::quota",
    ]);
  });

  it("puts every object into the tenant's namespace, by its own provider", async () => {
    const { resources } = await runProgram(rollingOut());
    const objects = [...resources.values()].filter(({ type }) => type.startsWith("kubernetes:"));
    for (const { type, inputs, provider } of objects) {
      const { namespace, name } = inputs.metadata as { namespace?: string; name?: string };
      assert.equal(type.endsWith(":Namespace") ? name : namespace, "production-acme", type);
      assert.match(provider, /pulumi:providers:kubernetes::cluster::/, type);
    }
  });

  it("knows the cluster by context and id, never by kubeconfig", async () => {
    const cluster = { context: "prod", identifier: "arn:cluster" };
    const { resources } = await runProgram(specOf({ cluster }));
    const { inputs } = resources.get("pulumi:providers:kubernetes::cluster")!;
    assert.deepEqual(inputs, {
      context: "prod",
      clusterIdentifier: "arn:cluster",
      enableServerSideApply: "true",
      enableConfigMapMutable: "true",
      enablePatchForce: "true",
      enableSecretMutable: "true",
      upsertExistingObjects: "true",
    });
  });

  it("applies every object as the one field manager", async () => {
    const { resources } = await runProgram(rollingOut());
    for (const { type, inputs } of resources.values()) {
      if (!type.startsWith("kubernetes:")) continue;
      const { annotations } = inputs.metadata as { annotations: Record<string, string> };
      assert.equal(annotations["pulumi.com/patchFieldManager"], "teal", type);
    }
  });

  it("enforces the restricted Pod Security Standard on the namespace", async () => {
    const { resources } = await runProgram(specOf());
    const { metadata } = resources.get("kubernetes:core/v1:Namespace::namespace")!.inputs as {
      metadata: { labels: Record<string, string> };
    };
    for (const mode of ["enforce", "audit", "warn"]) {
      assert.equal(metadata.labels[`pod-security.kubernetes.io/${mode}`], "restricted");
    }
  });

  for (const routing of [undefined, albRouting])
    it(`marks what is secret, and has it nowhere else, with routing ${routing?.kind ?? "gateway"}`, async () => {
      const { resources, outputs } = await runProgram(rollingOut(routing && { routing }));
      const holding = ({ inputs }: Registered) =>
        secretValues.filter((value) => JSON.stringify(inputs).includes(value));
      for (const resource of resources.values()) {
        const { type, inputs, secret } = resource;
        if (holding(resource).length === 0) continue;
        assert.match(type, /:(Secret|HTTPRoute|Ingress)$/);
        const marked = Object.fromEntries(Object.entries(inputs).filter(([key]) => !secret.includes(key)));
        assert.deepEqual(holding({ ...resource, inputs: marked }), [], type);
      }
      assert.equal(
        secretValues.some((value) => JSON.stringify(outputs).includes(value)),
        false,
      );
    });

  it("waits for no Deployment or Service: Teal looks itself", async () => {
    const { resources } = await runProgram(specOf());
    for (const key of ["kubernetes:apps/v1:Deployment::blue-web", "kubernetes:core/v1:Service::blue"]) {
      const { metadata } = resources.get(key)!.inputs as { metadata: { annotations: Record<string, string> } };
      assert.equal(metadata.annotations["pulumi.com/skipAwait"], "true");
    }
  });

  it("gives hosts, namespace, live color and weights as outputs", async () => {
    const { outputs } = await runProgram(rollingOut());
    assert.deepEqual(outputs, {
      namespace: "production-acme",
      hostnames: ["acme.production.localhost"],
      live: "blue",
      weights: { blue: 90, green: 10 },
    });
  });

  const flips: [string, TenantSpec, TenantSpec][] = [
    ["weights change", rollingOut(), rollingOut({ weights: { blue: 0, green: 100 } })],
    ["the preview rule comes", rollingOut({ preview: null }), rollingOut()],
    ["the preview rule goes", rollingOut(), rollingOut({ preview: null })],
  ];
  for (const [what, before, after] of flips) {
    it(`changes the route and nothing else when ${what}`, async () => {
      assert.deepEqual(await difference(before, after), [route]);
    });
    it(`changes the Ingress and nothing else when ${what}, where a load balancer splits`, async () => {
      const routing = albRouting;
      assert.deepEqual(await difference({ ...before, routing }, { ...after, routing }), [ingress]);
    });
  }

  it("makes an Ingress instead of the route, and lets the load balancer in, where that splits", async () => {
    const spec = rollingOut({ background: "green", green: slotOf({ background: { replicas: 1 } }) });
    assert.deepEqual(
      await difference(spec, { ...spec, routing: albRouting }),
      [
        "kubernetes:apps/v1:Deployment::blue-web",
        "kubernetes:apps/v1:Deployment::green-web",
        "kubernetes:core/v1:Namespace::namespace",
        "kubernetes:core/v1:Service::blue",
        "kubernetes:core/v1:Service::green",
        route,
        "kubernetes:networking.k8s.io/v1:NetworkPolicy::allow-gateway",
        ingress,
      ].sort(),
    );
    const { resources } = await runProgram({ ...spec, routing: albRouting });
    const inputs = (key: string) =>
      resources.get(key)!.inputs as { metadata: { labels: object; annotations: object }; spec: object };
    assert.equal(resources.has(route), false);
    assert.deepEqual(inputs("kubernetes:networking.k8s.io/v1:NetworkPolicy::allow-gateway").spec, {
      podSelector: { matchLabels: { "app.kubernetes.io/component": "web" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "10.64.48.0/22" } }], ports: [{ protocol: "TCP", port: "http" }] }],
    });
    const annotations = { ...inputs("kubernetes:core/v1:Service::green").metadata.annotations } as Record<
      string,
      string
    >;
    assert.equal(annotations["alb.ingress.kubernetes.io/healthcheck-path"], "/healthz");
    const labels = inputs("kubernetes:core/v1:Namespace::namespace").metadata.labels as Record<string, string>;
    assert.equal(labels["elbv2.k8s.aws/pod-readiness-gate-inject"], "enabled");
  });

  it("closes a suspended tenant by its Ingress alone, where a load balancer splits", async () => {
    const spec = rollingOut({ routing: albRouting });
    assert.deepEqual(await difference(spec, { ...spec, suspended: "closed" }), [ingress]);
  });

  it("moves background components, and nothing else, with the background color", async () => {
    const both = { blue: slotOf({ background: { replicas: 1 } }), green: slotOf({ background: { replicas: 1 } }) };
    const changed = await difference(rollingOut(both), rollingOut({ ...both, live: "green", background: "green" }));
    assert.deepEqual(changed, [
      "kubernetes:apps/v1:Deployment::blue-background",
      "kubernetes:apps/v1:Deployment::green-background",
    ]);
  });

  it("changes nothing of the other color when a slot is brought to another release", async () => {
    const changed = await difference(
      rollingOut(),
      rollingOut({ green: slotOf({ release: "3.0.0", image: "teal/app:3.0.0" }) }),
    );
    assert.deepEqual(changed, ["kubernetes:apps/v1:Deployment::green-web"]);
  });

  it("refuses config that is no spec, naming the key", async () => {
    await assert.rejects(runProgram(specOf({ weights: { blue: 50, green: 50 } })), /tenant:weights\.green/);
  });
});
