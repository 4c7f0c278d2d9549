import assert from "node:assert/strict";
import type { ContainerSpec, Pod } from "../../../sandbox/kubernetes/pods.ts";
import { environmentOf, expand, type ReadTexts } from "../../../sandbox/node/environment.ts";

const pod: Pod = {
  metadata: { name: "web-1", namespace: "acme", uid: "u", labels: { color: "blue" } },
  spec: { nodeName: "n", containers: [] },
};
const texts: Record<string, Record<string, string>> = {
  "configmaps/settings": { A: "1", B: "two" },
  "secrets/keys": { PASSWORD: "p" },
};
const read: ReadTexts = (kind, name) => Promise.resolve(texts[`${kind}/${name}`]);

const envOf = (container: Partial<ContainerSpec>): Promise<Record<string, string>> =>
  environmentOf({ name: "app", image: "i", ...container }, pod, { podIP: "127.64.0.1", hostIP: "127.0.0.1" }, read);

describe("sandbox/node environment", () => {
  it("takes all of ConfigMaps and Secrets, and lets env overrule them", async () => {
    const env = await envOf({
      envFrom: [{ configMapRef: { name: "settings" }, prefix: "X_" }, { secretRef: { name: "keys" } }],
      env: [
        { name: "X_A", value: "mine" },
        { name: "ONE", valueFrom: { configMapKeyRef: { name: "settings", key: "B" } } },
        { name: "SECRET", valueFrom: { secretKeyRef: { name: "keys", key: "PASSWORD" } } },
      ],
    });
    assert.deepEqual(env, { X_A: "mine", X_B: "two", PASSWORD: "p", ONE: "two", SECRET: "p" });
  });

  it("knows the pod's own fields, and variables named in others", async () => {
    const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
    const env = await envOf({
      env: [
        field("NAME", "metadata.name"),
        field("IP", "status.podIP"),
        field("COLOR", "metadata.labels['color']"),
        { name: "URL", value: "http://$(IP)/$(NAME)?$$(NAME)=$(UNKNOWN)" },
      ],
    });
    assert.equal(env.COLOR, "blue");
    assert.equal(env.URL, "http://127.64.0.1/web-1?$(NAME)=$(UNKNOWN)");
    assert.equal(expand("$$$(A)", { A: "x" }), "$x");
  });

  it("says what is missing, unless it may be", async () => {
    const config = { code: "container_config" };
    await assert.rejects(envOf({ envFrom: [{ secretRef: { name: "none" } }] }), {
      ...config,
      message: /secret "none" not found/,
    });
    const ref = { name: "settings", key: "C" };
    const missing = envOf({ env: [{ name: "C", valueFrom: { configMapKeyRef: ref } }] });
    await assert.rejects(missing, { ...config, message: /couldn't find key C in configmap "settings"/ });
    const optional = { ...ref, optional: true };
    assert.deepEqual(
      await envOf({
        envFrom: [{ configMapRef: { name: "none", optional: true } }],
        env: [{ name: "C", valueFrom: { configMapKeyRef: optional } }],
      }),
      {},
    );
  });
});
