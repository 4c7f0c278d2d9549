/** Programs and steps that the real CLI was taken through: golden/ holds what it did. */
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { scenario, type Scenarios } from "../scenario.ts";
import { configMap, deployment, Slot } from "./objects.ts";

const compared = "golden";

/** The namespace `ns` of a program. */
function namespaceOf(name: string, provider: pulumi.ProviderResource): pulumi.Output<string> {
  return new k8s.core.v1.Namespace("ns", { metadata: { name } }, { provider }).metadata.name;
}

const lifecycle = scenario<{ image: string; weight: number; green: boolean }>({
  about: "create, change nothing, change, drop one resource, destroy",
  compared,
  program: ({ image, weight, green }, around) => {
    const provider = around.provider();
    const namespace = namespaceOf("conf-lifecycle", provider);
    for (const color of green ? ["blue", "green"] : ["blue"]) deployment(color, namespace, image, { provider });
    const route = configMap("route", namespace, { weight: `${weight}` }, { provider });
    return { namespace, weight: route.data["weight"] };
  },
  steps: [
    { op: "preview", args: { image: "app:1", weight: 0, green: true } },
    { op: "up", args: { image: "app:1", weight: 0, green: true } },
    { op: "up", args: { image: "app:1", weight: 0, green: true } },
    { op: "refresh", args: { image: "app:1", weight: 0, green: true } },
    { op: "preview", args: { image: "app:1", weight: 10, green: true } },
    { op: "up", args: { image: "app:1", weight: 10, green: true } },
    { op: "up", args: { image: "app:2", weight: 10, green: false } },
    { op: "destroy", args: { image: "app:2", weight: 10, green: false } },
  ],
});

const replace = scenario<{ name: string; port: number }>({
  about: "replacements that create first or delete first, and their dependants",
  compared,
  program: ({ name, port }, around) => {
    const provider = around.provider();
    const namespace = namespaceOf(`conf-replace-${name}`, provider);
    const content = { data: { port: `${port}` }, immutable: true };
    const auto = new k8s.core.v1.ConfigMap("auto", { metadata: { namespace }, ...content }, { provider });
    const named = { metadata: { namespace, name: "fixed" }, ...content };
    const fixed = new k8s.core.v1.ConfigMap("fixed", named, { provider });
    configMap("user", namespace, { reads: fixed.metadata.name }, { provider, dependsOn: auto });
    return { named: auto.metadata.name.apply((drawn) => drawn.startsWith("auto-")) };
  },
  steps: [
    { op: "up", args: { name: "a", port: 1 } },
    { op: "preview", args: { name: "a", port: 2 } },
    { op: "up", args: { name: "a", port: 2 } },
    { op: "up", args: { name: "b", port: 2 } },
    { op: "destroy", args: { name: "b", port: 2 } },
  ],
});

const components = scenario<{ green: string }>({
  about: "components, parents, dependsOn, a renamed component under its alias",
  compared,
  program: ({ green }, around) => {
    const providers = { kubernetes: around.provider() };
    const namespace = namespaceOf("conf-components", providers.kubernetes);
    const aliases = green === "green" ? {} : { aliases: [{ name: "green" }] };
    const first = new Slot("blue", { namespace, image: "app:1" }, { providers });
    const second = new Slot(green, { namespace, image: "app:2" }, { providers, ...aliases });
    return { images: [first.image, second.image] };
  },
  steps: [
    { op: "up", args: { green: "green" } },
    { op: "preview", args: { green: "green" } },
    { op: "up", args: { green: "verdant" } },
    { op: "destroy", args: { green: "verdant" } },
  ],
});

const secrets = scenario({
  about: "secrets reach the cluster in the clear, state and outputs never",
  compared,
  hidden: ["hunter2", "correct horse"],
  program: (_args, around) => {
    const provider = around.provider();
    const config = new pulumi.Config();
    const [password, tier] = [config.requireSecret("password"), config.require("tier")];
    const namespace = namespaceOf("conf-secrets", provider);
    const db = { metadata: { name: "db", namespace }, stringData: { password } };
    const secret = new k8s.core.v1.Secret("db", db, { provider });
    configMap("plain", namespace, { tier }, { provider });
    return { url: pulumi.interpolate`postgres://app:${password}@db`, tier, name: secret.metadata.name };
  },
  steps: [
    {
      op: "up",
      config: { "conf:password": { value: "hunter2", secret: true }, "conf:tier": { value: "gold" } },
    },
    { op: "up" },
    { op: "up", config: { "conf:password": { value: "correct horse", secret: true } } },
    { op: "destroy" },
  ],
});

const failure = scenario<{ valid: boolean; crash?: true }>({
  about: "one refused object: what was made stays, the next update goes on",
  compared,
  program: ({ valid, crash }, around) => {
    const provider = around.provider();
    const namespace = namespaceOf("conf-failure", provider);
    const data = { a: "1" };
    const first = configMap("first", namespace, data, { provider });
    if (crash) throw new Error("the program gave up");
    const metadata = { name: valid ? "second" : "Not A Name", namespace };
    const second = new k8s.core.v1.ConfigMap("second", { metadata, data }, { provider, dependsOn: first });
    configMap("third", namespace, data, { provider, dependsOn: second });
    return { ok: valid };
  },
  steps: [
    { op: "up", args: { valid: false } },
    { op: "up", args: { valid: true } },
    { op: "up", args: { valid: true, crash: true } },
    { op: "up", args: { valid: true } },
    { op: "destroy", args: { valid: true } },
  ],
});

const options = scenario<{ keep: boolean; image: string; protect: boolean }>({
  about: "protect, retainOnDelete, ignoreChanges",
  compared,
  program: ({ keep, image, protect }, around) => {
    const provider = around.provider();
    const namespace = namespaceOf("conf-options", provider);
    if (keep) {
      deployment("protected", namespace, image, { provider, protect });
      deployment("retained", namespace, image, { provider, retainOnDelete: true });
    }
    const ignoreChanges = ["spec.template.spec.containers[0].image"];
    deployment("ignored", namespace, image, { provider, ignoreChanges });
    return {};
  },
  steps: [
    { op: "up", args: { keep: true, image: "app:1", protect: true } },
    { op: "up", args: { keep: true, image: "app:2", protect: true } },
    { op: "up", args: { keep: false, image: "app:2", protect: true } },
    { op: "destroy", args: { keep: true, image: "app:2", protect: true } },
    // The retained object is still there, so it can't be made.
    { op: "up", args: { keep: true, image: "app:2", protect: false } },
    { op: "up", args: { keep: false, image: "app:2", protect: false } },
    { op: "destroy", args: { keep: false, image: "app:2", protect: false } },
  ],
});

const weights = (blue: number, green: number) => ({ "conf:weights": { value: JSON.stringify({ blue, green }) } });
const wantedWeights = () => new pulumi.Config().requireObject<{ blue: number; green: number }>("weights");

const flip = scenario({
  about: "only config changes, and only the route with it",
  compared,
  program: (_args, around) => {
    const provider = around.provider();
    const wanted = wantedWeights();
    const namespace = namespaceOf("conf-flip", provider);
    for (const color of ["blue", "green"])
      new Slot(color, { namespace, image: "app:1" }, { providers: { kubernetes: provider } });
    configMap("route", namespace, { blue: `${wanted.blue}`, green: `${wanted.green}` }, { provider });
    return { weights: wanted };
  },
  steps: [
    { op: "up", config: weights(100, 0) },
    { op: "preview", config: weights(90, 10) },
    { op: "up", config: weights(0, 100) },
    { op: "up" },
    { op: "destroy" },
  ],
});

const route = scenario<{ preview?: string }>({
  about: "weights of an HTTPRoute, and a rule that comes and goes",
  compared,
  program: ({ preview }, around) => {
    const provider = around.provider();
    const wanted = wantedWeights();
    const namespace = namespaceOf("conf-route", provider);
    const matches = [{ headers: [{ name: "x-preview", value: preview }] }];
    const hidden = { matches, backendRefs: [{ name: "green", port: 80 }] };
    const backendRefs = (["blue", "green"] as const).map((name) => ({ name, port: 80, weight: wanted[name] }));
    const made = new k8s.apiextensions.CustomResource(
      "route",
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { name: "app", namespace },
        spec: {
          parentRefs: [{ name: "gateway", namespace: "default" }],
          hostnames: ["app.example.test"],
          rules: preview ? [hidden, { backendRefs }] : [{ backendRefs }],
        },
      },
      { provider },
    );
    return { route: made.metadata.name };
  },
  steps: [
    { op: "up", config: weights(100, 0) },
    { op: "up", args: { preview: "t0ken" } },
    { op: "preview", args: { preview: "t0ken" }, config: weights(90, 10) },
    { op: "up", args: { preview: "t0ken" } },
    { op: "up", config: weights(0, 100) },
    { op: "refresh" },
    { op: "destroy" },
  ],
});

export const goldenScenarios: Scenarios = {
  lifecycle,
  replace,
  components,
  secrets,
  failure,
  options,
  flip,
  route,
};
