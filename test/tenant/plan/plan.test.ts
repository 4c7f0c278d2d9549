import assert from "node:assert/strict";
import { FlagdCore } from "@openfeature/flagd-core";
import fc from "fast-check";
import { colors } from "../../../model/color.ts";
import { tiers } from "../../../model/tenant.ts";
import { componentLabels, selector, tenantLabels } from "../../../tenant/plan/labels.ts";
import { namespaceOf, slotNames, stackNameOf } from "../../../tenant/plan/names.ts";
import { networkPolicies } from "../../../tenant/plan/network.ts";
import { limitsSpec, mostPods, quotaSpec, quotaTier, surge } from "../../../tenant/plan/quota.ts";
import { routeAnnotations, routeSpec, suspendedServiceSpec } from "../../../tenant/plan/route.ts";
import { configData, flagDefinitions, secretData } from "../../../tenant/plan/settings.ts";
import { resources, tierSizes, webReplicas } from "../../../tenant/plan/tiers.ts";
import {
  backgroundSpec,
  disruptionBudgetSpec,
  hasBackground,
  serviceSpec,
  webSpec,
} from "../../../tenant/plan/workload.ts";
import { anySpec } from "../arbitrary.ts";
import { rollingOut, slotOf, specOf } from "../specs.ts";

const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const labelKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

describe("tenant/plan", () => {
  describe("names", () => {
    it("are DNS labels, for every tenant", () => {
      fc.assert(fc.property(anySpec, (spec) => assert.match(namespaceOf(spec), dnsLabel)));
      for (const color of colors) for (const name of Object.values(slotNames(color))) assert.match(name, dnsLabel);
    });
    it("are different for different tenants", () => {
      fc.assert(
        fc.property(anySpec, anySpec, (a, b) => {
          fc.pre(a.environment !== b.environment || a.id !== b.id);
          assert.notEqual(namespaceOf(a), namespaceOf(b));
          assert.notEqual(stackNameOf(a), stackNameOf(b));
        }),
      );
    });
  });

  describe("labels", () => {
    it("are valid, for every tenant and release", () => {
      fc.assert(
        fc.property(anySpec, (spec) => {
          const all = colors.flatMap((color) => [
            tenantLabels(spec),
            componentLabels(spec, color, "web", spec[color]?.release ?? "1"),
            selector(color, "background"),
          ]);
          for (const [key, value] of all.flatMap((labels) => Object.entries(labels))) {
            assert.match(key, labelKey);
            assert.match(value, labelValue);
          }
        }),
      );
    });
    it("of pods hold the selectors of Deployment, Service and budget", () => {
      const spec = rollingOut();
      const { selector: own, template } = webSpec(spec, "green", spec.green!);
      for (const wanted of [
        own.matchLabels,
        serviceSpec("green").selector,
        disruptionBudgetSpec("green").selector.matchLabels,
      ]) {
        assert.deepEqual({ ...template.metadata.labels, ...wanted }, template.metadata.labels);
      }
    });
  });

  describe("tiers", () => {
    const table = [
      ["small", 1, "50m", "128Mi", "500m", "256Mi"],
      ["medium", 2, "250m", "256Mi", "1000m", "512Mi"],
      ["large", 3, "500m", "512Mi", "2000m", "1024Mi"],
    ] as const;
    for (const [tier, replicas, cpu, memory, cpuLimit, memoryLimit] of table) {
      it(`${tier}: ${replicas} pods, one as a warm backup`, () => {
        assert.equal(webReplicas({}, { tier, scale: "full" }), replicas);
        assert.equal(webReplicas({}, { tier, scale: "idle" }), 1);
        for (const idleReplicas of [0, 1, 2, 20]) {
          assert.equal(webReplicas({}, { tier, scale: "idle", idleReplicas }), Math.min(idleReplicas, replicas));
          assert.equal(webReplicas({}, { tier, scale: "full", idleReplicas }), replicas);
        }
        const wanted = { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory: memoryLimit } };
        assert.deepEqual(resources(tier), wanted);
      });
    }
    it("yield to what a tenant was scaled to, which a warm backup never exceeds; stopped, there are none", () => {
      assert.equal(webReplicas({ replicas: 7 }, { tier: "small", scale: "full" }), 7);
      assert.equal(webReplicas({ replicas: 7 }, { tier: "small", scale: "idle" }), 1);
      assert.equal(webReplicas({ replicas: 2 }, { tier: "large", scale: "idle", idleReplicas: 3 }), 2);
      assert.equal(webReplicas({ replicas: 7, suspended: "closed" }, { tier: "small", scale: "full" }), 7);
      for (const scale of ["full", "idle"] as const)
        assert.equal(webReplicas({ replicas: 7, suspended: "stopped" }, { tier: "large", scale }), 0);
    });
    it("grow", () => {
      for (const [i, tier] of tiers.entries()) {
        if (i > 0) assert.ok(tierSizes[tier].cpu.limit > tierSizes[tiers[i - 1]!].cpu.limit);
      }
    });
  });

  describe("quota", () => {
    const amount = (text: string) => Number(/^\d+/.exec(text)![0]);

    it("has room for both slots at full size, their surge and their background components", () => {
      fc.assert(
        fc.property(anySpec, (spec) => {
          let pods = 0;
          const used = { "requests.cpu": 0, "requests.memory": 0, "limits.cpu": 0, "limits.memory": 0 };
          for (const slot of colors.flatMap((color) => spec[color] ?? [])) {
            const size = tierSizes[slot.tier];
            const count =
              (spec.replicas ?? size.replicas) + surge + (slot.background ? slot.background.replicas + surge : 0);
            pods += count;
            used["requests.cpu"] += count * size.cpu.request;
            used["requests.memory"] += count * size.memory.request;
            used["limits.cpu"] += count * size.cpu.limit;
            used["limits.memory"] += count * size.memory.limit;
          }
          const { hard } = quotaSpec(spec);
          assert.ok(pods < mostPods(spec), "one pod to spare");
          for (const [key, value] of Object.entries(used))
            assert.ok(value <= amount(hard[key as keyof typeof used]), key);
        }),
      );
    });
    it("grows with what a tenant is scaled to, and never shrinks below its tier", () => {
      const large = specOf({ tier: "large", blue: slotOf({ tier: "large" }) });
      assert.equal(mostPods({ ...large, replicas: 20 }) - mostPods(large), 2 * (20 - tierSizes.large.replicas));
      assert.deepEqual(quotaSpec({ ...large, replicas: 1 }), quotaSpec(large));
    });
    it("depends on no color, weight, scale, suspension or preview", () => {
      fc.assert(
        fc.property(anySpec, (spec) => {
          const scaled = (slot: typeof spec.blue) => slot && { ...slot, scale: "idle" as const };
          const flipped = {
            ...spec,
            background: spec.live,
            preview: null,
            suspended: undefined,
            blue: scaled(spec.blue),
            green: scaled(spec.green),
          };
          assert.deepEqual(quotaSpec(flipped), quotaSpec(spec));
          assert.deepEqual(limitsSpec(flipped), limitsSpec(spec));
        }),
      );
    });
    it("goes by the larger tier while a tenant changes its own", () => {
      assert.equal(quotaTier(specOf({ tier: "small", blue: slotOf({ tier: "large" }) })), "large");
      assert.equal(quotaTier(specOf({ tier: "large", blue: slotOf({ tier: "small" }) })), "large");
    });
    it("lets nobody open a port to the world", () => {
      const { hard } = quotaSpec(specOf());
      assert.equal(hard["services.loadbalancers"], "0");
      assert.equal(hard["services.nodeports"], "0");
    });
  });

  describe("network", () => {
    it("denies everything first", () => {
      const policies = networkPolicies(specOf());
      assert.deepEqual(policies["default-deny"], { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    });
    it("lets in the gateway's namespace and nothing else", () => {
      const policies = networkPolicies(specOf());
      const ingress = Object.values(policies).flatMap((policy) => ("ingress" in policy ? policy.ingress : []));
      assert.equal(ingress.length, 1);
      const matchLabels = { "kubernetes.io/metadata.name": "teal-gateway" };
      assert.deepEqual(ingress[0]!.from, [{ namespaceSelector: { matchLabels } }]);
    });
    it("lets nothing out to the metadata address or private ranges", () => {
      const to = networkPolicies(specOf())["allow-egress"].egress.flatMap((rule) => rule.to as object[]);
      const blocks = to.flatMap((peer) => ("ipBlock" in peer ? [peer.ipBlock as { except: string[] }] : []));
      const except = blocks.flatMap((block) => block.except);
      assert.equal(blocks.length, 2);
      for (const range of ["169.254.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]) {
        assert.ok(except.includes(range), range);
      }
    });
  });

  describe("route", () => {
    it("splits by the weights among the copies that are there, and they sum to 100", () => {
      fc.assert(
        fc.property(anySpec, (any) => {
          const spec = { ...any, suspended: undefined };
          const backends = routeSpec(spec, spec.preview?.token).rules.at(-1)!.backendRefs;
          assert.deepEqual(
            backends.map(({ name, ...ref }) => ("namespace" in ref ? `${ref.namespace}/${name}` : name)),
            colors.flatMap((color) => {
              const { adopted } = spec;
              if (adopted?.color === color) return [`${adopted.namespace}/${adopted.service}`];
              return spec[color] ? [color] : [];
            }),
          );
          assert.equal(
            backends.reduce((sum, { weight }) => sum + weight, 0),
            100,
          );
        }),
      );
    });
    it("leads to no pod while the tenant is suspended, but by the preview rule", () => {
      fc.assert(
        fc.property(anySpec, fc.constantFrom("closed", "stopped"), (any, suspended) => {
          const spec = { ...any, suspended };
          const { rules } = routeSpec(spec, spec.preview?.token);
          assert.deepEqual(rules.at(-1)!.backendRefs, [
            { group: "", kind: "Service", name: "suspended", port: 80, weight: 1 },
          ]);
          assert.equal(rules.length, spec.preview ? 2 : 1);
          const why = spec.maintenance ? "maintenance" : "true";
          const affinity = spec.affinity && { "teal.dev/affinity": "cookie" };
          const adopted = spec.adopted && { "teal.dev/adopted": spec.adopted.color };
          assert.deepEqual(routeAnnotations(spec), { "teal.dev/suspended": why, ...affinity, ...adopted });
          const { selector: none } = suspendedServiceSpec();
          for (const color of colors) assert.notEqual(selector(color, "web")["teal.dev/color"], none["teal.dev/color"]);
        }),
      );
      assert.deepEqual(routeAnnotations(specOf()), {});
    });
    it("has the preview rule first, and only while there is a preview", () => {
      const { rules } = routeSpec(rollingOut(), "the-token");
      assert.equal(rules.length, 2);
      const [first] = rules;
      const headers = [{ type: "Exact", name: "teal-preview", value: "the-token" }];
      assert.deepEqual(first!.matches, [{ path: { type: "PathPrefix", value: "/" }, headers }]);
      assert.deepEqual((first as { filters?: unknown }).filters, [
        { type: "ResponseHeaderModifier", responseHeaderModifier: { set: [{ name: "teal-color", value: "green" }] } },
      ]);
      assert.deepEqual(first!.backendRefs, [{ group: "", kind: "Service", name: "green", port: 80, weight: 1 }]);
      assert.equal(routeSpec(rollingOut({ preview: null }), "").rules.length, 1);
    });
  });

  describe("settings", () => {
    it("reach the application each by name and all as JSON; Teal's own names win", () => {
      const data = configData({ config: { color: "red", TEAL_FLAGS: "mine" }, flags: { fast: true, depth: 3 } });
      assert.deepEqual(data, {
        color: "red",
        TEAL_CONFIG: '{"color":"red","TEAL_FLAGS":"mine"}',
        TEAL_FLAGS: JSON.stringify(flagDefinitions({ fast: true, depth: 3 })),
      });
      const secrets = secretData({ secrets: { KEY: "a", TEAL_PASSWORD: "mine" } }, "made");
      assert.deepEqual(secrets, { KEY: "a", TEAL_PASSWORD: "made" });
    });

    it("have flags that OpenFeature's own evaluator reads as the tenant's", () => {
      fc.assert(
        fc.property(anySpec, (spec) => {
          const { flags } = spec[spec.live]!;
          const core = new FlagdCore();
          core.setConfigurations(configData({ config: {}, flags })["TEAL_FLAGS"]!);
          for (const [name, value] of Object.entries(flags)) {
            if (typeof value === "boolean") assert.equal(core.resolveBooleanEvaluation(name, !value, {}).value, value);
            else if (typeof value === "number")
              assert.equal(core.resolveNumberEvaluation(name, value + 1, {}).value, value);
            else assert.equal(core.resolveStringEvaluation(name, `${value}!`, {}).value, value);
          }
        }),
      );
    });
  });

  describe("workload", () => {
    const spec = rollingOut({ green: slotOf({ release: "2.0.0", background: { replicas: 2 } }) });
    const pod = webSpec(spec, "green", spec.green!).template.spec;
    const container = pod.containers[0]!;

    it("meets the restricted Pod Security Standard, with a read-only root", () => {
      assert.equal(pod.securityContext.runAsNonRoot, true);
      assert.deepEqual(pod.securityContext.seccompProfile, { type: "RuntimeDefault" });
      assert.deepEqual(container.securityContext, {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      assert.equal(pod.automountServiceAccountToken, false);
      assert.deepEqual(pod.volumes, [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }]);
    });
    it("tells the application what it is", () => {
      const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
      assert.deepEqual(env, {
        TEAL_TENANT: "acme",
        TEAL_ENVIRONMENT: "production",
        TEAL_COLOR: "green",
        TEAL_VERSION: "2.0.0",
        TEAL_COMPONENT: "web",
        PORT: "8080",
      });
    });
    it("rolls pods when the settings' revision changes, and puts no setting into names, labels or annotations", () => {
      const { metadata } = webSpec(spec, "green", slotOf({ revision: 7 })).template;
      assert.deepEqual(metadata.annotations, { "teal.dev/revision": "7" });
      assert.ok(!JSON.stringify(metadata).includes("hunter2"));
    });
    it("rolls pods when the slot's restarts are counted up", () => {
      const { metadata } = webSpec(spec, "green", slotOf({ restarts: 2 })).template;
      assert.equal((metadata.annotations as Record<string, string>)["teal.dev/restarts"], "2");
    });
    it("runs no background components while pods are stopped", () => {
      assert.equal(backgroundSpec({ ...spec, suspended: "stopped" }, "green", spec.green!).replicas, 0);
      assert.equal(backgroundSpec({ ...spec, suspended: "closed" }, "green", spec.green!).replicas, 2);
    });
    it("runs background components in their color alone, by `background` unless the release says otherwise", () => {
      assert.equal(hasBackground({ ...spec, background: "green" }, "green"), true);
      assert.equal(hasBackground({ ...spec, background: "blue" }, "green"), false);
      assert.equal(hasBackground({ ...spec, background: "blue" }, "blue"), false);
      const workers = backgroundSpec(spec, "green", spec.green!);
      assert.equal(workers.replicas, 2);
      assert.deepEqual((workers.template.spec.containers[0] as { args?: string[] }).args, ["background"]);
      const own = backgroundSpec(spec, "green", slotOf({ background: { command: ["work"], replicas: 1 } }));
      assert.deepEqual((own.template.spec.containers[0] as { command?: string[] }).command, ["work"]);
    });
  });
});
