/** Options of resources, where only a cluster shows what they come to. */
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { scenario, type Scenarios } from "../scenario.ts";
import { configMap, skipAwait } from "./objects.ts";

const compared = "expected";

const retained = scenario<{ value?: string }>({
  about: "retainOnDelete: object and old object stay where they are",
  compared,
  program: ({ value }, { provider, namespace }) => {
    const options = { provider: provider(), retainOnDelete: true };
    if (value !== undefined)
      new k8s.core.v1.ConfigMap("auto", { metadata: { namespace }, data: { value }, immutable: true }, options);
    return {};
  },
  steps: [
    { op: "up", args: { value: "1" } },
    { op: "up", args: { value: "2" } },
    { op: "up", args: {} },
    { op: "destroy" },
  ],
});

const deletedWith = scenario<{ value: string; child?: boolean; box?: boolean }>({
  about: "deletedWith: gone without a call where the other goes too",
  compared,
  program: ({ value, child = true, box = true }, { provider, namespace }) => {
    const options = { provider: provider() };
    if (!box) return {};
    const held = { metadata: { name: "box", namespace }, data: { value }, immutable: true };
    const made = new k8s.core.v1.ConfigMap("box", held, options);
    if (child) new k8s.core.v1.ConfigMap("child", { metadata: { namespace } }, { ...options, deletedWith: made });
    return {};
  },
  steps: [
    { op: "up", args: { value: "1" } },
    { op: "up", args: { value: "1", child: false } },
    { op: "up", args: { value: "1" } },
    { op: "up", args: { value: "2" } },
    { op: "up", args: { value: "2", box: false } },
    { op: "destroy" },
  ],
});

const replaceOnChanges = scenario<{ label: string; port: number }>({
  about: "replaceOnChanges: what could be changed in place is replaced",
  compared,
  program: ({ label, port }, { provider, namespace }) => {
    const metadata = { namespace, labels: { label }, annotations: skipAwait };
    const options = { provider: provider(), replaceOnChanges: ["metadata.labels"] };
    new k8s.core.v1.Service("auto", { metadata, spec: { ports: [{ port }] } }, options);
    return {};
  },
  steps: [
    { op: "up", args: { label: "a", port: 80 } },
    { op: "up", args: { label: "b", port: 80 } },
    { op: "up", args: { label: "b", port: 81 } },
    { op: "preview", args: { label: "c", port: 81 } },
    { op: "destroy" },
  ],
});

const ignoreChanges = scenario<{ version: number; label?: string }>({
  about: "ignoreChanges: by path, by quoted key, of list items, and of what somebody else has set",
  compared,
  program: ({ version, label = "x" }, { provider, namespace }) => {
    const labels = { "teal.test/quoted.key": `${version}`, label };
    const metadata = { name: "service", namespace, labels, annotations: skipAwait };
    const spec = { selector: { app: `${version}` }, ports: [{ name: "http", port: 80 + version }] };
    const ignored = ['metadata.labels["teal.test/quoted.key"]', "spec.ports[*].port", "spec.selector"];
    new k8s.core.v1.Service("service", { metadata, spec }, { provider: provider(), ignoreChanges: ignored });
    return {};
  },
  steps: [
    { op: "up", args: { version: 0 } },
    { op: "preview", args: { version: 1 } },
    { op: "up", args: { version: 1 } },
    { op: "up", args: { version: 2, label: "y" } },
    {
      op: "up",
      args: { version: 3, label: "z" },
      before: (cluster) => cluster.patch("Service", "service", { spec: { selector: { app: "somebody" } } }),
    },
    { op: "destroy" },
  ],
});

const continueOnError = scenario<{ valid: boolean }>({
  about: "continueOnError: all is done that does not depend on what failed",
  compared,
  program: ({ valid }, { provider, namespace }) => {
    const options = { provider: provider() };
    const metadata = { name: valid ? "bad" : "Not A Name", namespace };
    const bad = new k8s.core.v1.ConfigMap("bad", { metadata, data: { a: "1" } }, options);
    configMap("follows", namespace, { a: "1" }, { ...options, dependsOn: bad });
    const apart = configMap("apart", namespace, { a: "1" }, options);
    configMap("last", namespace, { of: apart.metadata.name }, options);
    return {};
  },
  steps: [
    { op: "up", args: { valid: false }, options: { continueOnError: true } },
    { op: "up", args: { valid: true } },
    { op: "destroy" },
  ],
});

const finalizers = ["teal.test/held"];

const condemned = scenario<{ value: string }>({
  about: "an old object that can't be deleted is kept in state and deleted by the next update",
  compared,
  program: ({ value }, { provider, namespace }) => {
    const metadata = { namespace, finalizers: value === "1" ? finalizers : [], annotations: skipAwait };
    const options = { provider: provider(), customTimeouts: { delete: "2s" } };
    const made = new k8s.core.v1.ConfigMap("auto", { metadata, data: { value }, immutable: true }, options);
    return { name: made.metadata.name };
  },
  steps: [
    { op: "up", args: { value: "1" } },
    { op: "up", args: { value: "2" } },
    {
      op: "up",
      args: { value: "2" },
      before: async (cluster) => {
        for (const name of await cluster.names("ConfigMap"))
          await cluster.patch("ConfigMap", name, { metadata: { name, namespace: cluster.namespace, finalizers: [] } });
      },
    },
    { op: "destroy" },
  ],
});

const pendingReplacement = scenario<{ value: string; bad?: boolean; gone?: boolean }>({
  about: "deleted, but not made anew: the next update makes it, or forgets it",
  compared,
  program: ({ value, bad = false, gone = false }, { provider, namespace }) => {
    const options = { provider: provider() };
    const metadata = { name: "fixed", namespace, labels: { [bad ? "not a key!" : "key"]: "x" } };
    if (!gone) new k8s.core.v1.ConfigMap("fixed", { metadata, data: { value }, immutable: true }, options);
    return {};
  },
  steps: [
    { op: "up", args: { value: "1" } },
    { op: "up", args: { value: "2", bad: true } },
    { op: "preview", args: { value: "2" } },
    { op: "up", args: { value: "2" } },
    { op: "up", args: { value: "3", bad: true } },
    { op: "refresh" },
    { op: "up", args: { value: "3", gone: true } },
    { op: "destroy" },
  ],
});

const providers = scenario<{ from?: "first" | "second" }>({
  about: "from the default provider to an explicit one and on to another: the objects stay",
  compared,
  program: ({ from }, { kubeconfig, namespace }) => {
    const options = from ? { provider: new k8s.Provider(from, { kubeconfig }) } : {};
    const made = configMap("kept", namespace, { a: "1" }, options as pulumi.CustomResourceOptions);
    return { uid: made.metadata.uid };
  },
  steps: [
    { op: "up", args: {}, config: { "kubernetes:kubeconfig": { value: "$KUBECONFIG" } } },
    { op: "up", args: { from: "first" } },
    { op: "up", args: { from: "second" } },
    { op: "up", args: {} },
    { op: "destroy" },
  ],
});

export const optionScenarios: Scenarios = {
  retained,
  deletedWith,
  replaceOnChanges,
  ignoreChanges,
  continueOnError,
  condemned,
  pendingReplacement,
  providers,
};
