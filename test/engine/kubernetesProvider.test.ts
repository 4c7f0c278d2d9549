import assert from "node:assert/strict";
import { kubernetesPackage } from "../../engine/providers/kubernetes/package.ts";
import type { InitError, OperationContext, Provider, ResourceIdentity } from "../../engine/providers/provider.ts";
import { Unknown, type PropertyMap } from "../../engine/values/property.ts";
import { startFakeCluster, type FakeCluster } from "./fakeCluster.ts";

const services = { env: {}, stackOutputs: () => Promise.resolve(undefined) };
const identity = (type: string, name = "x"): ResourceIdentity => ({ urn: `urn:x::${type}::${name}`, type, name });
const configMap = identity("kubernetes:core/v1:ConfigMap");
const inputs = (data: PropertyMap, metadata: PropertyMap = {}): PropertyMap => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "cm", namespace: "default", ...metadata },
  data,
});

describe("the Kubernetes provider", () => {
  let cluster: FakeCluster;
  let logged: string[];
  const context = (preview = false, timeout = 0): OperationContext => ({
    preview,
    timeout,
    signal: new AbortController().signal,
    log: (_severity, message) => void logged.push(message),
  });
  const configured = async (settings: PropertyMap = {}): Promise<Provider> =>
    kubernetesPackage.configure({ kubeconfig: cluster.kubeconfig, ...settings }, services);
  const checked = async (provider: Provider, news: PropertyMap, resource = configMap) =>
    (await provider.check(resource, undefined, news, context())).inputs;

  beforeEach(async () => {
    cluster = await startFakeCluster();
    logged = [];
  });
  afterEach(() => cluster.close());

  it("puts objects into the namespace of the provider, else of the context", async () => {
    const bare = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "cm" } };
    const namespaceOf = async (settings: PropertyMap) =>
      ((await checked(await configured(settings), bare))["metadata"] as PropertyMap)["namespace"];
    assert.equal(await namespaceOf({}), "default");
    assert.equal(await namespaceOf({ namespace: "mine" }), "mine");
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "n" } };
    assert.deepEqual(await checked(await configured(), namespace, identity("kubernetes:core/v1:Namespace")), namespace);
  });

  it("refuses what it can't make", async () => {
    const provider = await configured();
    const refused: [string, PropertyMap, RegExp | { code: string }][] = [
      ["kubernetes:core/v1:ConfigMapList", {}, /^Error: list resources exist/],
      ["kubernetes:core/v1:ConfigMapPatch", { kind: "ConfigMap" }, /`\.metadata\.name` field to be set/],
      ["kubernetes:core/v1:ConfigMap", { metadata: { generateName: "a-" } }, /generateName/],
      ["kubernetes:helm.sh/v3:Release", {}, { code: "engine_unsupported" }],
      ["kubernetes:kustomize/v2:Directory", {}, { code: "engine_unsupported" }],
      ["kubernetes:yaml/v2:ConfigGroup", {}, { code: "engine_unsupported" }],
    ];
    for (const [type, news, error] of refused)
      await assert.rejects(async () => provider.check(identity(type), undefined, news, context()), error, type);
    const list = { apiVersion: "example.com/v1", kind: "AllowList", metadata: { name: "a" } };
    const made = await checked(provider, list, identity("kubernetes:example.com/v1:AllowList"));
    assert.equal(made["kind"], "AllowList");
    const modes: PropertyMap[] = [{ enableServerSideApply: false }, { renderYamlToDirectory: "out" }];
    for (const settings of modes) await assert.rejects(configured(settings), { code: "engine_unsupported" });
    const env = { PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY: "false" };
    await assert.rejects(async () => kubernetesPackage.configure({}, { ...services, env }), {
      code: "engine_unsupported",
    });
  });

  it("applies a patch to somebody else's object, and gives its fields up again", async () => {
    const provider = await configured();
    cluster.objects.set("/api/v1/namespaces/default/configmaps/cm", inputs({ theirs: "1" }) as never);
    const patch = identity("kubernetes:core/v1:ConfigMapPatch");
    const news = inputs({ ours: "1" }, { annotations: { "pulumi.com/patchFieldManager": "ours" } });
    assert.deepEqual(await provider.create(patch, news, false, context(true)), { id: "", outputs: news });
    assert.equal(cluster.calls.filter(({ method }) => method === "PATCH").length, 0);
    const { id, outputs } = await provider.create(patch, news, false, context());
    assert.equal(id, "default/cm");
    await provider.delete(patch, { id, inputs: news, outputs }, context());
    const sent = cluster.calls.filter(({ method }) => method !== "GET");
    assert.deepEqual(
      sent.map(({ method, query, body }) => [method, query.get("fieldManager"), "data" in body]),
      [
        ["PATCH", "ours", true],
        ["PATCH", "ours", false],
      ],
    );
    const changed = await provider.diff(
      patch,
      { id, inputs: news, outputs },
      { ...news, data: { ours: "2" } },
      [],
      context(),
    );
    assert.deepEqual([changed.changes, changed.replaceKeys], [true, []]);
  });

  it("lets the old field manager go when another one is named", async () => {
    const provider = await configured({ enableConfigMapMutable: true });
    const named = (manager: string) => inputs({ a: "1" }, { annotations: { "pulumi.com/patchFieldManager": manager } });
    const { id, outputs } = await provider.create(configMap, named("first"), false, context());
    await provider.update(configMap, { id, inputs: named("first"), outputs }, named("second"), [], context());
    const applied = cluster.calls.filter(({ query }) => query.has("fieldManager") && query.has("force"));
    assert.deepEqual(
      applied.map(({ query }) => query.get("fieldManager")),
      ["second", "first"],
    );
  });

  it("tells what became of a change that the server refused, in a preview too", async () => {
    const provider = await configured({ enableConfigMapMutable: true });
    const news = inputs({ a: "1" });
    const { id, outputs } = await provider.create(configMap, news, false, context());
    cluster.before = ({ method, query }) =>
      method === "PATCH" && query.has("fieldManager")
        ? { status: 422, body: { kind: "Status", reason: "Invalid", message: "no good" } }
        : undefined;
    for (const preview of [true, false])
      await assert.rejects(
        async () => provider.update(configMap, { id, inputs: news, outputs }, inputs({ a: "2" }), [], context(preview)),
        (error: InitError) => {
          const reason =
            'the Kubernetes API server reported that "default/cm" failed to fully initialize or become live: no good';
          assert.deepEqual(error.reasons, [reason]);
          assert.equal(error.message, `1 error occurred:\n\t* ${reason}\n\n`);
          assert.deepEqual((error.outputs["__inputs"] as PropertyMap)["data"], { a: "2" });
          return true;
        },
      );
  });

  it("makes nothing whose waiting it can't do", async () => {
    const provider = await configured();
    const news = inputs({}, { annotations: { "pulumi.com/waitFor": "phase=Done" } });
    await assert.rejects(async () => provider.create(configMap, news, false, context()), /expected a "jsonpath="/);
    assert.equal(cluster.objects.size, 0);
  });

  it("previews without a cluster, and says that there is none where one is needed", async () => {
    const kubeconfig = cluster.kubeconfig;
    const made = await (await configured()).create(configMap, inputs({ a: "1" }), false, context());
    const old = { id: made.id, inputs: inputs({ a: "1" }), outputs: made.outputs };
    await cluster.close();
    const away = () => configured({ kubeconfig: kubeconfig.replace("127.0.0.1", "does-not-exist.invalid") });
    const provider = await away();
    const news = inputs({ a: "2" });
    assert.deepEqual(await provider.create(configMap, news, false, context(true)), { id: "", outputs: news });
    assert.deepEqual(await provider.update(configMap, old, news, [], context(true)), { outputs: news });
    await assert.rejects(
      async () => provider.create(configMap, news, false, context()),
      /^Unreachable: configured Kubernetes cluster is unreachable: /,
    );
    await assert.rejects(async () => provider.read(configMap, old, context()), /failed to read resource state/);
    await assert.rejects(async () => provider.delete(configMap, old, context()), /PULUMI_K8S_DELETE_UNREACHABLE/);
    const lenient = await configured({ kubeconfig: "{}", deleteUnreachable: true });
    assert.equal((await lenient.read(configMap, old, context())).id, "");
    await lenient.delete(configMap, old, context());
    const skipping = await configured({ kubeconfig: "{}", skipUpdateUnreachable: true });
    assert.deepEqual(await skipping.read(configMap, old, context()), old);
    const { inputs: kept } = await skipping.check(configMap, old.inputs, news, context());
    assert.deepEqual(kept, old.inputs);
  });

  it("leaves what is not known yet to the update", async () => {
    const provider = await configured();
    const news = inputs({ a: new Unknown() });
    assert.deepEqual(await provider.create(configMap, news, false, context(true)), { id: "", outputs: news });
  });

  it("reads manifests", async () => {
    const provider = await configured();
    const text = "kind: ConfigMap\napiVersion: v1\n---\n\n---\nkind: Namespace\napiVersion: v1\nmetadata: {name: n}\n";
    const { result } = (await provider.invoke!(
      "kubernetes:yaml:decode",
      { text, defaultNamespace: "mine" },
      context(),
    ))!;
    assert.deepEqual(result, [
      { kind: "ConfigMap", apiVersion: "v1", metadata: { namespace: "mine" } },
      { kind: "Namespace", apiVersion: "v1", metadata: { name: "n" } },
    ]);
    await assert.rejects(async () => provider.invoke!("kubernetes:helm:template", {}, context()), {
      code: "engine_unsupported",
    });
  });

  it("shows all of an object that was only looked up", async () => {
    const provider = await configured();
    const object = inputs({ a: "1" }, { uid: "1", annotations: { mine: "1" } });
    cluster.objects.set("/api/v1/namespaces/default/configmaps/cm", { ...object, status: {} } as never);
    const found = await provider.read(configMap, { id: "default/cm", inputs: {}, outputs: {} }, context());
    assert.deepEqual(found.inputs, inputs({ a: "1" }, { annotations: { mine: "1" } }));
    assert.equal(found.outputs["__initialApiVersion"], "v1");
  });
});
