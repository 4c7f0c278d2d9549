import assert from "node:assert/strict";
import fc from "fast-check";
import { detailedDiff, withoutIgnored } from "../../engine/providers/kubernetes/diff.ts";
import { forceNewPatterns, touches } from "../../engine/providers/kubernetes/forceNew.ts";
import { isForced, isManagedByOthersOnly, takeOverPatch } from "../../engine/providers/kubernetes/managers.ts";
import { isAutonamed, withName } from "../../engine/providers/kubernetes/naming.ts";
import { normalizeInputs } from "../../engine/providers/kubernetes/normalize.ts";
import { nameOf } from "../../engine/providers/kubernetes/object.ts";
import { fromObject, toObject } from "../../engine/providers/kubernetes/plain.ts";
import { pruneObject } from "../../engine/providers/kubernetes/prune.ts";
import { canonicalQuantity } from "../../engine/providers/kubernetes/quantity.ts";
import { conditionsOf } from "../../engine/providers/kubernetes/waitFor.ts";
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
  const object = { status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] } };
  it("takes conditions and paths", () => {
    assert.equal(conditionsOf(""), undefined);
    for (const met of [
      "condition=Ready",
      "condition=ready=True".replace("ready", "Ready"),
      "jsonpath={.status.phase}=Running",
      '["condition=Ready","jsonpath={.status.phase}"]',
    ])
      assert.equal(conditionsOf(met)!(object).ready, true, met);
    assert.equal(conditionsOf("jsonpath={.status.phase}=Done")!(object).ready, false);
    assert.throws(() => conditionsOf("phase=Done"), { code: "wait_for" });
  });
});
