import { ApiException, type V1Secret } from "@kubernetes/client-node";
import { orNull, type Cluster } from "../../probes/cluster.ts";
import type { KeyedCertificate } from "../../../x509/authority.ts";

interface Named {
  namespace: string;
  name: string;
}

/** Makes a Secret of type `kubernetes.io/tls`, or makes it so. */
export async function applyTlsSecret(
  { core }: Cluster,
  { namespace, name }: Named,
  { certificate, key }: KeyedCertificate,
): Promise<void> {
  const body: V1Secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name, labels: { "app.kubernetes.io/managed-by": "teal" } },
    type: "kubernetes.io/tls",
    data: { "tls.crt": base64(certificate), "tls.key": base64(key) },
  };
  try {
    await core.createNamespacedSecret({ namespace, body });
  } catch (error) {
    if (!(error instanceof ApiException) || error.code !== 409) throw error;
    await core.replaceNamespacedSecret({ namespace, name, body });
  }
}

export async function deleteSecret({ core }: Cluster, named: Named): Promise<void> {
  await orNull(core.deleteNamespacedSecret(named));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
