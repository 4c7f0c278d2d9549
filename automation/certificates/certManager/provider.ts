import { ApiException } from "@kubernetes/client-node";
import { z } from "zod";
import { orNull, type Cluster } from "../../probes/cluster.ts";
import { GatewayListener, type GatewayPlace } from "../gateway/listener.ts";
import { deleteSecret } from "../gateway/secret.ts";
import type { CertificateProvider, Described } from "../provider.ts";

export interface CertManagerOptions {
  cluster: Cluster;
  gateway: GatewayPlace;
  /** Name of the ClusterIssuer. */
  issuer: string;
}

const condition = z.looseObject({ type: z.string(), status: z.string(), message: z.string().optional() });
const certificateSchema = z.looseObject({
  spec: z.looseObject({ dnsNames: z.array(z.string()) }),
  status: z
    .looseObject({
      conditions: z.array(condition).optional(),
      notAfter: z.string().optional(),
      lastFailureTime: z.string().optional(),
    })
    .optional(),
});

/** Certificates of cert-manager, beside the Gateway that serves them; it proves names and renews by itself. */
export function certManagerCertificates({ cluster, gateway, issuer }: CertManagerOptions): CertificateProvider {
  const { namespace } = gateway;
  const listener = new GatewayListener(cluster, gateway);
  const collection = { group: "cert-manager.io", version: "v1", namespace, plural: "certificates" };
  return {
    name: "cert-manager",
    async request({ environment, sequence, names }) {
      const name = `${nameBegin(environment)}${sequence}`;
      try {
        await cluster.custom.createNamespacedCustomObject({ ...collection, body: objectOf(name, names, issuer) });
      } catch (error) {
        // Made before: the name has the sequence in it.
        if (!(error instanceof ApiException) || error.code !== 409) throw error;
      }
      return name;
    },
    async describe(name) {
      const found: unknown = await orNull(cluster.custom.getNamespacedCustomObject({ ...collection, name }));
      return found === null ? null : described(certificateSchema.parse(found));
    },
    async attached(environment) {
      const secrets = await listener.secrets();
      const ours = secrets.filter((name) => name.startsWith(nameBegin(environment)));
      return ours.map((reference) => ({ reference, listener: 0 }));
    },
    attach: (_environment, name) => listener.add(name),
    detach: (_environment, name) => listener.remove(name),
    async drop(name) {
      await orNull(cluster.custom.deleteNamespacedCustomObject({ ...collection, name }));
      // cert-manager leaves it, unless it is told otherwise for all certificates.
      await deleteSecret(cluster, { namespace, name });
    },
  };
}

function nameBegin(environment: string): string {
  return `teal-${environment}-`;
}

function objectOf(name: string, names: readonly string[], issuer: string) {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name, labels: { "app.kubernetes.io/managed-by": "teal" } },
    spec: {
      // The Gateway refers to it by this name, too.
      secretName: name,
      dnsNames: [...names],
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: issuer },
    },
  };
}

function described({ spec: { dnsNames }, status }: z.infer<typeof certificateSchema>): Described {
  const of = (type: string) => status?.conditions?.find((one) => one.type === type);
  const issued = of("Ready")?.status === "True" && status?.notAfter !== undefined;
  // How a single name is proven is between cert-manager and the issuer.
  const validations = dnsNames.map((hostname) => ({ hostname, validated: issued, record: null }));
  if (issued) return { state: "issued", expiresAt: new Date(status.notAfter!), failure: null, validations };
  const failed = status?.lastFailureTime !== undefined && of("Issuing")?.status !== "True";
  const failure = of("Issuing")?.message ?? of("Ready")?.message ?? "cert-manager says no more.";
  return { state: failed ? "failed" : "requested", expiresAt: null, failure: failed ? failure : null, validations };
}
