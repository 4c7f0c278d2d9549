import assert from "node:assert/strict";
import fc from "fast-check";
import { detailedDiff, withoutIgnored } from "../../engine/providers/kubernetes/diff.ts";
import { forceNewPatterns, touches } from "../../engine/providers/kubernetes/forceNew.ts";
import { isForced, isManagedByOthersOnly, takeOverPatch } from "../../engine/providers/kubernetes/managers.ts";
import { isAutonamed, withName } from "../../engine/providers/kubernetes/naming.ts";
import { normalizeInputs } from "../../engine/providers/kubernetes/normalize.ts";
import { nameOf } from "../../engine/providers/kubernetes/object.ts";
import { fromObject, inputsFromObject, toObject } from "../../engine/providers/kubernetes/plain.ts";
import { pruneObject } from "../../engine/providers/kubernetes/prune.ts";
import { canonicalQuantity } from "../../engine/providers/kubernetes/quantity.ts";
import { waitForRule } from "../../engine/providers/kubernetes/waitFor.ts";
import { Secret, type JsonObject } from "../../engine/values/property.ts";

describe("quantities", () => {
  it("have one form each: the API server's", () => {
    const forms: Record<string, string> = {
      "0.5": "500m",
      "1000m": "1",
      "100m": "100m",
      "0.1": "100m",
      "1": "1",
      "1.5": "1500m",
      "2000": "2k",
      "1500": "1500",
      "1024Mi": "1Gi",
      "1Gi": "1Gi",
      "1536Mi": "1536Mi",
      "1.5Gi": "1536Mi",
      "0.5Gi": "512Mi",
      "64Mi": "64Mi",
      "1048576": "1048576",
      "1000k": "1M",
      "0": "0",
      "0m": "0",
      "1e3": "1e3",
      "12e6": "12e6",
      "5E": "5E",
      "-0.5": "-500m",
      "+1": "1",
      "010": "10",
      abc: "abc",
      "": "",
    };
    for (const [given, canonical] of Object.entries(forms)) assert.equal(canonicalQuantity(given), canonical, given);
  });

  it("are canonical once and for all", () => {
    const quantities = fc
      .tuple(fc.nat(1e6), fc.nat(999), fc.constantFrom("", "m", "k", "M", "G", "Ki", "Mi", "Gi"))
      .map(([a, b, suffix]) => `${a}.${b}${suffix}`);
    fc.assert(
      fc.property(quantities, (text) =>
        assert.equal(canonicalQuantity(canonicalQuantity(text)), canonicalQuantity(text)),
      ),
    );
  });
});

describe("inputs", () => {
  it("are brought into the form that the server keeps", () => {
    const secret = normalizeInputs({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", uid: "x" },
      stringData: { a: "b" },
      data: { c: "ZA==" },
    });
    assert.deepEqual(secret, {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s" },
      data: { a: "Yg==", c: "ZA==" },
    });
    const quota = normalizeInputs({
      apiVersion: "v1",
      kind: "ResourceQuota",
      spec: { hard: { "requests.cpu": "2000m", pods: 10 } },
    });
    assert.deepEqual(quota["spec"], { hard: { "requests.cpu": "2", pods: "10" } });
    const custom = { apiVersion: "example.com/v1", kind: "X", metadata: {}, spec: { hard: { cpu: "2000m" } } };
    assert.deepEqual(normalizeInputs(custom), custom);
  });

  it("lose what says no more than nothing does, and keep what says something", () => {
    const normalized = normalizeInputs({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "a", namespace: "", labels: {}, annotations: { empty: "" } },
      spec: {
        replicas: 0,
        paused: false,
        selector: {},
        template: {
          spec: {
            hostNetwork: false,
            hostUsers: false,
            serviceAccountName: "",
            tolerations: [{ key: "", operator: "Exists" }],
            containers: [{ name: "", env: [{ name: "A", value: "" }], ports: [], livenessProbe: { periodSeconds: 0 } }],
            volumes: [
              { name: "v", emptyDir: {} },
              { name: "w", configMap: null },
            ],
          },
        },
      },
    });
    assert.deepEqual(normalized, {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "a", annotations: { empty: "" } },
      spec: {
        replicas: 0,
        selector: {},
        template: {
          spec: {
            hostUsers: false,
            tolerations: [{ operator: "Exists" }],
            containers: [{ name: "", env: [{ name: "A" }], livenessProbe: {} }],
            volumes: [{ name: "v", emptyDir: {} }, { name: "w" }],
          },
        },
      },
    });
    const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", spec: { storageClassName: "" } };
    assert.deepEqual(normalizeInputs(claim), claim);
    const service = { apiVersion: "v1", kind: "Service", spec: { selector: {}, ports: [{ port: 80, nodePort: 0 }] } };
    assert.deepEqual(normalizeInputs(service)["spec"], { ports: [{ port: 80 }] });
  });

  it("of definitions and of base64 are as the server keeps them", () => {
    const definition = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
    const given = { ...definition, spec: { preserveUnknownFields: false, group: "a" }, status: {} };
    assert.deepEqual(normalizeInputs(given), { ...definition, spec: { group: "a" } });
    const secret = (data: JsonObject) => normalizeInputs({ apiVersion: "v1", kind: "Secret", data })["data"];
    assert.deepEqual(secret({ a: "ZA\n==" }), { a: "ZA==" });
    assert.deepEqual(secret({ a: "no base64!" }), { a: "no base64!" });
  });

  it("have Kubernetes' own names, and outputs those of Pulumi", () => {
    const inputs = { spec: { x_kubernetes_int_or_string: true } };
    assert.deepEqual(inputsFromObject(toObject(inputs), inputs), { spec: { "x-kubernetes-int-or-string": true } });
    assert.deepEqual(fromObject(toObject(inputs), inputs), inputs);
  });

  it("keep their secrets, and a Secret's data is one whatever it was", () => {
    const inputs = { kind: "ConfigMap", data: { a: new Secret("x"), b: "y" }, list: [new Secret(1), 2] };
    const outputs = fromObject({ ...toObject(inputs), status: { a: "x" } }, inputs);
    assert.deepEqual(outputs["data"], { a: new Secret("x"), b: "y" });
    assert.deepEqual(outputs["list"], new Secret([1, 2]));
    assert.deepEqual(fromObject({ kind: "Secret", data: { a: "eA==" } }, {})["data"], new Secret({ a: "eA==" }));
  });

  it("without a name get one of Pulumi's, and keep it", () => {
    const bare = { apiVersion: "v1", kind: "ConfigMap", metadata: {} };
    const named = withName(bare, undefined, "cm", bare);
    assert.match(nameOf(named), /^cm-[0-9a-f]{8}$/);
    assert.ok(isAutonamed(named));
    assert.equal(nameOf(withName(bare, named, "cm", bare)), nameOf(named));
    const fixed = { ...bare, metadata: { name: "mine" } };
    assert.equal(withName(fixed, named, "cm", fixed), fixed);
  });
});

describe("differences", () => {
  const compare = (live: JsonObject, news: JsonObject, olds: JsonObject = live, forceNew: string[][] = []) =>
    detailedDiff({ live: pruneObject(live, olds), olds, news, forceNew, builtIn: true });

  it("none in what the server added, or dropped as meaning nothing", () => {
    const olds = { spec: { replicas: 1, hostNetwork: false, list: [{ name: "a", empty: [] }], labels: {} } };
    const live = { spec: { replicas: 1, strategy: "x", list: [{ name: "a", image: "d" }] }, status: {} };
    assert.deepEqual(compare(live, olds, olds), {});
  });

  it("in what a custom resource lost again, and in values that mean something though they are empty", () => {
    const olds = { spec: { a: 1, dropped: 2 } };
    const live = { spec: { a: 1 } };
    const found = detailedDiff({ live, olds, news: olds, forceNew: [], builtIn: false });
    assert.deepEqual(found, { "spec.dropped": { kind: "add", inputDiff: false } });
    assert.deepEqual(compare(live, { spec: { a: 1, replicas: 0 } }), {
      "spec.replicas": { kind: "add", inputDiff: false },
    });
  });

  it("by path, and by kind", () => {
    const live = { data: { a: "1", b: "2", "x.y": "3" }, list: [1, 2] };
    const found = compare(live, { data: { a: "1", b: "3", c: "4" }, list: [1] });
    assert.deepEqual(found, {
      "data.b": { kind: "update", inputDiff: false },
      "data.c": { kind: "add", inputDiff: false },
      'data["x.y"]': { kind: "delete", inputDiff: true },
      "list[1]": { kind: "delete", inputDiff: true },
    });
    assert.deepEqual(withoutIgnored(found, ["data", "list[*]"]), {});
  });

  it("of an object with itself never", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (given) => {
        fc.pre(!JSON.stringify(given).includes("__proto__"));
        const object = JSON.parse(JSON.stringify(given)) as JsonObject;
        assert.deepEqual(compare(object, structuredClone(object)), {});
      }),
    );
  });

  it("that take a new object", () => {
    const mutable = { configMaps: true, secrets: true };
    const fixed = { configMaps: false, secrets: false };
    const of = (kind: string, apiVersion = "v1", more = {}) => ({ apiVersion, kind, ...more });
    assert.ok(touches(["data", "a"], "x", forceNewPatterns(of("ConfigMap"), fixed)));
    assert.ok(!touches(["data", "a"], "x", forceNewPatterns(of("ConfigMap"), mutable)));
    assert.ok(touches(["data", "a"], "x", forceNewPatterns(of("ConfigMap", "v1", { immutable: true }), mutable)));
    assert.ok(touches(["type"], "x", forceNewPatterns(of("Secret"), mutable)));
    assert.ok(
      touches(["spec", "selector", "matchLabels", "app"], "x", forceNewPatterns(of("Deployment", "apps/v1"), mutable)),
    );
    assert.ok(!touches(["spec", "replicas"], 2, forceNewPatterns(of("Deployment", "apps/v1"), mutable)));
    assert.ok(touches(["spec"], { template: {} }, forceNewPatterns(of("Job", "batch/v1"), mutable)));
    assert.ok(touches(["spec", "containers", 0, "image"], "x", forceNewPatterns(of("Pod"), mutable)));
    assert.ok(touches(["spec", "initContainers"], null, forceNewPatterns(of("Pod"), mutable)));
    assert.ok(!touches(["spec", "containers", 1], null, forceNewPatterns(of("Pod"), mutable)));
    assert.ok(
      touches(["metadata", "name"], "x", forceNewPatterns(of("HTTPRoute", "gateway.networking.k8s.io/v1"), mutable)),
    );
  });
});

describe("field managers", () => {
  const entry = (manager: string, operation: string, fields: JsonObject, more: JsonObject = {}) => ({
    manager,
    operation,
    fieldsV1: fields,
    ...more,
  });
  it("hand creation's fields to the object's own manager", () => {
    const live = {
      metadata: {
        resourceVersion: "7",
        managedFields: [
          entry("pulumi-kubernetes", "Update", { "f:spec": { "f:a": {} } }),
          entry("m1", "Apply", { "f:spec": { "f:b": {} } }),
          entry("controller", "Update", { "f:status": {} }, { subresource: "status" }),
        ],
      },
    };
    assert.deepEqual(takeOverPatch(live, "m1"), [
      {
        op: "replace",
        path: "/metadata/managedFields",
        value: [
          entry("controller", "Update", { "f:status": {} }, { subresource: "status" }),
          entry("m1", "Apply", { "f:spec": { "f:a": {}, "f:b": {} } }),
        ],
      },
      { op: "replace", path: "/metadata/resourceVersion", value: "7" },
    ]);
    assert.equal(takeOverPatch({ metadata: { managedFields: [entry("m1", "Apply", {})] } }, "m1"), undefined);
    assert.equal(takeOverPatch({ metadata: { managedFields: [entry("m2", "Update", {})] } }, "m1"), undefined);
    for (const manager of ["kubectl-edit", "kubectl-client-side-apply", "pulumi-kubernetes-0a1b2c3d"])
      assert.ok(takeOverPatch({ metadata: { managedFields: [entry(manager, "Update", {})] } }, "m1"), manager);
  });

  it("are overruled only where that is asked for", () => {
    const live = { metadata: { managedFields: [entry("other", "Apply", { "f:spec": { "f:replicas": {} } })] } };
    assert.equal(isForced({}, live, false, false), false);
    assert.equal(
      isForced({ metadata: { annotations: { "pulumi.com/patchForce": "true" } } }, live, false, false),
      true,
    );
    assert.equal(isForced({}, undefined, false, true), true);
    assert.ok(isManagedByOthersOnly(live, "mine", ["spec", "replicas"]));
    assert.ok(!isManagedByOthersOnly(live, "other", ["spec", "replicas"]));
    assert.ok(!isManagedByOthersOnly(live, "mine", ["spec", "paused"]));
  });
});

describe("waitFor", () => {
  const status = { phase: "Running", count: 2, conditions: [{ type: "Ready", status: "True" }] };
  const isMet = (waitFor: string, object: JsonObject = { metadata: { generation: 1 }, status }) =>
    waitForRule({ metadata: { annotations: { "pulumi.com/waitFor": waitFor } } })!.look(object, undefined as never);

  it("takes conditions and paths", async () => {
    assert.equal(waitForRule({}), undefined);
    for (const met of [
      "condition=Ready",
      "condition=ready=true",
      "jsonpath={.status.phase}=Running",
      "jsonpath={ .status.count }=2",
      "jsonpath={$.status['phase']}",
      "jsonpath={.status.conditions}",
      'jsonpath={.status.conditions[?(@.type=="Ready")].status}=True',
      "jsonpath={.status.conditions[?(@.type=='Ready')].status}=True",
      "jsonpath={.status.conditions[-1].type}=Ready",
      "jsonpath={.status.conditions[*].type}=Ready",
      '["condition=Ready","jsonpath={.status.phase}"]',
    ])
      assert.equal((await isMet(met)).ready, true, met);
    for (const unmet of [
      "condition=Ready=False",
      "condition=Done",
      "jsonpath={.status.phase}=Done",
      "jsonpath={.status.none}",
      "jsonpath={.status.conditions}=x",
      'jsonpath={.status.conditions[?(@.type=="Other")].status}',
      '["condition=Ready","jsonpath={.status.none}"]',
    ])
      assert.equal((await isMet(unmet)).ready, false, unmet);
  });

  it("looks at the object as it is, not as it was before its last change", async () => {
    const old = { metadata: { generation: 2 }, status: { ...status, observedGeneration: 1 } };
    for (const waitFor of ["condition=Ready", "jsonpath={.status.phase}=Running"])
      assert.equal((await isMet(waitFor, old)).ready, false, waitFor);
  });

  it("refuses what it can't wait for", () => {
    for (const invalid of [
      "phase=Done",
      "[]",
      "jsonpath=.status.phase",
      "jsonpath='{.status.phase}'",
      "jsonpath={.a}=",
      "jsonpath={.a}=b=c",
      "jsonpath={.a[}",
    ])
      assert.throws(() => isMet(invalid), { code: "wait_for" }, invalid);
  });
});
