import * as k8s from "@pulumi/kubernetes";

/** Three objects, one after the other; the last is named by the engine. */
export function configMaps(kubeconfig: string, value = "1") {
  return async () => {
    const provider = new k8s.Provider("cluster", { kubeconfig, enableConfigMapMutable: true });
    const first = new k8s.core.v1.ConfigMap(
      "first",
      { metadata: { name: "first", namespace: "ns" }, data: { value } },
      { provider },
    );
    const second = new k8s.core.v1.ConfigMap(
      "second",
      { metadata: { name: "second", namespace: "ns" }, data: { value } },
      { provider, dependsOn: first },
    );
    new k8s.core.v1.ConfigMap(
      "third",
      { metadata: { namespace: "ns" }, data: { value } },
      { provider, dependsOn: second },
    );
  };
}
