/** What the Kubernetes provider does of its own: names, mutability, waiting, reading, drift, conflicts. */
import * as k8s from "@pulumi/kubernetes";
import { RandomId } from "@pulumi/random/randomId.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster.ts";
import { scenario, type Scenarios } from "../scenario.ts";
import { configMap, deployment, skipAwait } from "./objects.ts";

const compared = "expected";
const apiVersion = "v1";
const data = (value: string) => ({ data: { value } });

const mutability = scenario<{ value: string; label?: string }>({
  about: "ConfigMaps and Secrets are replaced, unless the provider changes them in place and they let it",
  compared,
  program: ({ value, label = "x" }, { provider, kubeconfig, namespace }) => {
    const mutable = new k8s.Provider("mutable", {
      kubeconfig,
      enableConfigMapMutable: true,
      enableSecretMutable: true,
    });
    const kinds = { usual: { provider: provider() }, changeable: { provider: mutable } };
    for (const [name, options] of Object.entries(kinds)) {
      const metadata = { name, namespace, labels: { label } };
      new k8s.core.v1.ConfigMap(`${name}-map`, { metadata, data: { value } }, options);
      new k8s.core.v1.Secret(`${name}-secret`, { metadata, stringData: { value } }, options);
    }
    const metadata = { name: "sealed", namespace };
    new k8s.core.v1.ConfigMap("sealed-map", { metadata, data: { value }, immutable: true }, kinds.changeable);
    return {};
  },
  steps: [
    { op: "up", args: { value: "1" } },
    { op: "up", args: { value: "2" } },
    { op: "up", args: { value: "2", label: "y" } },
    { op: "destroy" },
  ],
});

const naming = scenario<{ label: string; name?: string; generateName?: string }>({
  about: "a drawn name is kept; a given one is another object; the server is asked for none",
  compared,
  program: ({ label, ...names }, { provider, namespace }) => {
    new k8s.core.v1.ConfigMap(
      "auto",
      { metadata: { namespace, labels: { label }, ...names } },
      { provider: provider() },
    );
    return {};
  },
  steps: [
    { op: "up", args: { label: "a" } },
    { op: "up", args: { label: "b" } },
    { op: "up", args: { label: "b", name: "given" } },
    { op: "up", args: { label: "b", name: "other" } },
    { op: "up", args: { label: "b", generateName: "gen-" } },
    { op: "destroy" },
  ],
});

const reads = scenario<{ found?: string; own?: boolean | string }>({
  about: "objects of others are read, never deleted; one of ours can be let go",
  compared,
  program: ({ found, own = false }, { provider, namespace }) => {
    const options = { provider: provider() };
    if (own === true) configMap("own", namespace, { a: "1" }, options);
    if (typeof own === "string") k8s.core.v1.ConfigMap.get("own", `${namespace}/${own}`, options);
    if (found === undefined) return {};
    return { value: k8s.core.v1.ConfigMap.get("found", `${namespace}/${found}`, options).data["value"] };
  },
  steps: [
    {
      op: "up",
      args: { found: "there" },
      before: (cluster) => cluster.create({ apiVersion, kind: "ConfigMap", metadata: { name: "there" }, ...data("1") }),
    },
    { op: "up", args: { found: "there" }, before: (cluster) => cluster.patch("ConfigMap", "there", data("2")) },
    { op: "up", args: { found: "nowhere" } },
    { op: "up", args: { own: true } },
    { op: "up", args: { own: "own" } },
    { op: "up", args: {} },
    { op: "up", args: { own: true }, before: (cluster) => cluster.delete("ConfigMap", "own") },
    { op: "up", args: { own: "there" } },
    { op: "destroy" },
  ],
});

const drift = scenario({
  about: "refresh sees what changed and what is gone, and the next update mends it",
  compared,
  program: (_args, { kubeconfig, namespace }) => {
    const provider = new k8s.Provider("cluster", { kubeconfig, enableConfigMapMutable: true });
    for (const name of ["changed", "gone", "kept"]) configMap(name, namespace, { value: "1", a: "1" }, { provider });
    return {};
  },
  steps: [
    { op: "up" },
    {
      op: "refresh",
      before: async (cluster) => {
        // Taken out, not changed: a value of somebody else's would be a conflict.
        await cluster.patch("ConfigMap", "changed", { data: { value: null } });
        await cluster.delete("ConfigMap", "gone");
      },
    },
    { op: "up" },
    { op: "refresh" },
    { op: "up", options: { refresh: true }, before: (cluster) => cluster.delete("ConfigMap", "kept") },
    // An update that looks at nothing sees nothing.
    { op: "up", before: (cluster) => cluster.delete("ConfigMap", "gone") },
    { op: "destroy" },
  ],
});

const unready = scenario<{ wait: boolean }>({
  about: "an object that does not become ready in time is there, and the next update waits again",
  compared,
  program: ({ wait }, { provider, namespace }) => {
    const options = { provider: provider() };
    const annotations = wait ? { "pulumi.com/timeoutSeconds": "2" } : skipAwait;
    const metadata = { name: "slow", namespace, annotations };
    // Nobody here gives out addresses.
    const spec = { type: "LoadBalancer", selector: { app: "nobody" }, ports: [{ port: 80 }] };
    const slow = new k8s.core.v1.Service("slow", { metadata, spec }, options);
    configMap("after", namespace, { a: "1" }, { ...options, dependsOn: slow });
    return {};
  },
  steps: [
    { op: "up", args: { wait: true } },
    { op: "up", args: { wait: true } },
    { op: "up", args: { wait: false } },
    { op: "up", args: { wait: false } },
    { op: "destroy" },
  ],
});

async function whenThere(cluster: Cluster, name: string): Promise<void> {
  while (!(await cluster.get("ConfigMap", name))) await new Promise((resolve) => setTimeout(resolve, 50));
  await cluster.patch("ConfigMap", name, data("yes"));
}

const waitFor = scenario<{ name: string }>({
  about: "an object is ready when what its annotation asks for has come",
  compared,
  program: ({ name }, { provider, namespace }) => {
    const annotations = { "pulumi.com/waitFor": "jsonpath={.data.value}=yes", "pulumi.com/timeoutSeconds": "3" };
    const options = { provider: provider() };
    new k8s.core.v1.ConfigMap(name, { metadata: { name, namespace, annotations } }, options);
    return {};
  },
  steps: [
    { op: "up", args: { name: "met" }, during: (cluster) => whenThere(cluster, "met") },
    { op: "up", args: { name: "met" } },
    { op: "up", args: { name: "unmet" } },
    { op: "destroy" },
  ],
});

const definition = {
  metadata: { name: "widgets.conformance.teal.test" },
  spec: {
    group: "conformance.teal.test",
    names: { kind: "Widget", plural: "widgets" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { spec: { type: "object", properties: { size: { type: "integer" } } } },
          },
        },
      },
    ],
  },
};

const definitions = scenario<{ size: number }>({
  about: "a definition and an object of its kind in one update",
  compared,
  program: ({ size }, { provider, namespace }) => {
    const options = { provider: provider() };
    const kind = new k8s.apiextensions.v1.CustomResourceDefinition("kind", definition, options);
    const widget = new k8s.apiextensions.CustomResource(
      "widget",
      {
        apiVersion: "conformance.teal.test/v1",
        kind: "Widget",
        metadata: { name: "widget", namespace },
        spec: { size },
      },
      { ...options, dependsOn: kind },
    );
    return { widget: widget.id };
  },
  steps: [
    { op: "preview", args: { size: 1 } },
    { op: "up", args: { size: 1 } },
    { op: "preview", args: { size: 2 } },
    { op: "up", args: { size: 2 } },
    { op: "up", args: { size: 2 } },
    { op: "destroy" },
  ],
});

const conflict = scenario<{ image: string; force?: boolean }>({
  about: "a field that somebody else manages is not taken, unless by force",
  compared,
  program: ({ image, force = false }, { provider, namespace }) => {
    const options = { provider: provider() };
    if (!force) deployment("app", namespace, image, options);
    else {
      const labels = { app: "app" };
      const template = { metadata: { labels }, spec: { containers: [{ name: "app", image }] } };
      const annotations = { ...skipAwait, "pulumi.com/patchForce": "true" };
      const spec = { replicas: 1, selector: { matchLabels: labels }, template };
      new k8s.apps.v1.Deployment("app", { metadata: { name: "app", namespace, annotations }, spec }, options);
    }
    return {};
  },
  steps: [
    { op: "up", args: { image: "app:1" } },
    {
      op: "up",
      args: { image: "app:2" },
      before: (cluster) => cluster.patch("Deployment", "app", { spec: { replicas: 3 } }),
    },
    { op: "up", args: { image: "app:2", force: true } },
    { op: "destroy" },
  ],
});

const unknowns = scenario<{ bytes: number }>({
  about: "what comes of a value that only an update knows is no surprise to it",
  compared,
  program: ({ bytes }, { kubeconfig, namespace }) => {
    const provider = new k8s.Provider("cluster", { kubeconfig, enableConfigMapMutable: true });
    const id = new RandomId("id", { byteLength: bytes });
    const map = configMap("map", namespace, { id: id.hex, plain: "x" }, { provider });
    const metadata = { name: pulumi.interpolate`named-${id.hex}`, namespace };
    new k8s.core.v1.ConfigMap("named", { metadata, data: { map: map.metadata.uid } }, { provider });
    return { length: map.data["id"]!.apply((hex) => hex.length) };
  },
  steps: [
    { op: "preview", args: { bytes: 4 } },
    { op: "up", args: { bytes: 4 } },
    { op: "preview", args: { bytes: 8 } },
    { op: "up", args: { bytes: 8 } },
    { op: "up", args: { bytes: 8 } },
    { op: "destroy" },
  ],
});

const hidden = ["s3cret-of-config", "s3cret-of-program"] as const;

const hiding = scenario<{ round: number }>({
  about: "secrets of every place reach the cluster in the clear, and no file",
  compared,
  hidden,
  program: ({ round }, { kubeconfig, namespace }) => {
    const given = new pulumi.Config().requireSecret("given");
    const made = pulumi.interpolate`${pulumi.secret(hidden[1])}-${round}`;
    const options = { provider: new k8s.Provider("cluster", { kubeconfig, enableConfigMapMutable: true }) };
    const metadata = { name: "map", namespace, annotations: { "teal.test/given": given } };
    const map = new k8s.core.v1.ConfigMap("map", { metadata, data: { made } }, options);
    // Plain to the program, and a secret all the same.
    const plain = { metadata: { name: "plain", namespace }, stringData: { plain: hidden[0] } };
    const secret = new k8s.core.v1.Secret("plain", plain, options);
    const copy = { copied: map.data["made"]!, of: secret.stringData["plain"]! };
    configMap("copy", namespace, copy, options);
    return { annotations: map.metadata.annotations, list: [map.data, secret.metadata.name] };
  },
  steps: [
    { op: "preview", args: { round: 1 }, config: { "conf:given": { value: hidden[0], secret: true } } },
    { op: "up", args: { round: 1 } },
    { op: "preview", args: { round: 2 } },
    { op: "up", args: { round: 2 } },
    { op: "refresh", args: { round: 2 } },
    { op: "destroy" },
  ],
});

export const kubernetesScenarios: Scenarios = {
  mutability,
  naming,
  reads,
  drift,
  unready,
  waitFor,
  definitions,
  conflict,
  unknowns,
  hiding,
};
