import assert from "node:assert/strict";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import { EngineGround, type Subject } from "./ground.ts";

const skipAwait = { "pulumi.com/skipAwait": "true" };

/** Kinds as the server has them, and objects in the form in which it keeps them. */
describe("kinds of a real API server", function () {
  this.timeout(180_000);
  let ground: EngineGround;
  let subject: Subject;
  let stacks = 0;

  before(async () => {
    ground = await EngineGround.make();
  });
  beforeEach(async () => {
    subject = await ground.subject(`kinds${++stacks}`);
  });
  after(() => ground.remove());

  const definition = (provider: Provider, scope: string, plural: string, kind: string) =>
    new CustomResourceDefinition(
      plural,
      {
        metadata: { name: `${plural}.example.test` },
        spec: {
          group: "example.test",
          scope,
          names: { plural, kind },
          preserveUnknownFields: false,
          versions: [
            {
              name: "v1",
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: {
                  type: "object",
                  properties: { spec: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
                },
              },
            },
          ],
        },
      },
      { provider },
    );

  it("that the program defines itself are there for its objects, in a preview and after", async () => {
    const program = (size: number) => (provider: Provider) => {
      const widgets = definition(provider, "Namespaced", "widgets", "Widget");
      const planets = definition(provider, "Cluster", "planets", "Planet");
      for (const [kind, dependsOn] of [
        ["Widget", widgets],
        ["Planet", planets],
      ] as const)
        new CustomResource(
          kind.toLowerCase(),
          { apiVersion: "example.test/v1", kind, metadata: { name: "one" }, spec: { size, empty: {} } },
          { provider, dependsOn },
        );
    };
    assert.equal((await subject.run("preview", program(1))).failed, false);
    await subject.up(program(1));
    assert.equal((await subject.kept("widget")).id, "default/one");
    assert.equal((await subject.kept("planet")).id, "one");
    const inputs = JSON.stringify((await subject.kept("widgets")).inputs);
    assert.match(inputs, /x-kubernetes-preserve-unknown-fields/);
    assert.doesNotMatch(inputs, /"preserveUnknownFields"/);
    assert.match(JSON.stringify((await subject.kept("widgets")).outputs), /x_kubernetes_preserve_unknown_fields/);
    assert.deepEqual(await subject.up(program(1)), []);
    assert.deepEqual(await subject.up(program(2)), ["update planet", "update widget"]);
    assert.equal((await subject.run("refresh")).failed, false);
    assert.deepEqual(await subject.up(program(2)), []);
    await subject.destroy();
  });

  it("in a namespace that the program makes can be previewed", async () => {
    const program = (provider: Provider) => {
      const ns = new Namespace("ns", {}, { provider });
      new ConfigMap("cm", { metadata: { name: "cm", namespace: ns.metadata.name }, data: { a: "1" } }, { provider });
    };
    assert.equal((await subject.run("preview", program)).failed, false);
    await subject.up(program);
    assert.match((await subject.kept("cm")).id, /^ns-[0-9a-f]{8}\/cm$/);
    await subject.destroy();
  });

  it("drop what means nothing from inputs, keep what means something, and see no change in either", async () => {
    const program = (replicas: number | undefined) => (provider: Provider) => {
      new ConfigMap("cm", { metadata: { name: "cm", labels: {} }, data: {} }, { provider });
      new Secret("s", { metadata: { name: "s" }, stringData: { a: "b" }, immutable: false }, { provider });
      new NetworkPolicy(
        "np",
        { metadata: { name: "np" }, spec: { podSelector: {}, ingress: [], policyTypes: ["Ingress"] } },
        { provider },
      );
      new Deployment(
        "app",
        {
          metadata: { name: "app", annotations: skipAwait },
          spec: {
            ...(replicas !== undefined && { replicas }),
            minReadySeconds: 0,
            paused: false,
            selector: { matchLabels: { app: "a" } },
            template: {
              metadata: { labels: { app: "a" } },
              spec: {
                hostNetwork: false,
                automountServiceAccountToken: false,
                nodeSelector: {},
                containers: [
                  {
                    name: "a",
                    image: "none:1",
                    env: [{ name: "EMPTY", value: "" }],
                    resources: { requests: { cpu: "0.5", memory: "1024Mi" }, limits: {} },
                    securityContext: { privileged: false },
                    volumeMounts: [{ name: "tmp", mountPath: "/tmp", readOnly: false }],
                    readinessProbe: { httpGet: { path: "/", port: 80 }, initialDelaySeconds: 0 },
                  },
                ],
                volumes: [{ name: "tmp", emptyDir: {} }],
              },
            },
          },
        },
        { provider },
      );
    };
    await subject.up(program(undefined));
    assert.deepEqual(await subject.up(program(undefined)), []);
    assert.equal((await subject.run("refresh")).failed, false);
    assert.deepEqual(await subject.up(program(undefined)), []);
    const app = await subject.kept("app");
    const spec = (app.inputs as { spec: { template: { spec: Record<string, unknown> } } }).spec;
    assert.deepEqual(Object.keys(spec).sort(), ["selector", "template"]);
    assert.deepEqual(spec.template.spec, {
      automountServiceAccountToken: false,
      containers: [
        {
          name: "a",
          image: "none:1",
          env: [{ name: "EMPTY" }],
          resources: { requests: { cpu: "500m", memory: "1Gi" } },
          securityContext: { privileged: false },
          volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
          readinessProbe: { httpGet: { path: "/", port: 80 } },
        },
      ],
      volumes: [{ name: "tmp", emptyDir: {} }],
    });
    assert.equal((await subject.kept("cm")).inputs["data"], undefined);
    const scaled = await subject.run("preview", program(0));
    const diff = scaled.events.flatMap(({ resourcePreEvent: event }) =>
      event?.metadata.op === "update" ? [event.metadata] : [],
    );
    assert.deepEqual(diff[0]?.detailedDiff, { "spec.replicas": { diffKind: "add", inputDiff: false } });
    await subject.destroy();
  });

  it("that were looked up by id show all that they are", async () => {
    await ground.apply(
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "looked", namespace: "default" }, data: { a: "1" } },
      "someone",
    );
    await subject.up((provider) => {
      const found = ConfigMap.get("looked", "default/looked", { provider });
      return { a: found.data.apply((data) => data["a"]) };
    });
    const kept = await subject.kept("looked");
    assert.deepEqual(kept.outputs["data"], { a: "1" });
    assert.deepEqual((kept.outputs["__inputs"] as { data: unknown }).data, { a: "1" });
    await subject.destroy();
    assert.equal((await ground.configMap("looked")).data?.["a"], "1");
  });
});
