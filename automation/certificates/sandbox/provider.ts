import { TealError } from "../../../model/errors.ts";
import type { Cluster } from "../../probes/cluster.ts";
import { GatewayListener, type GatewayPlace } from "../gateway/listener.ts";
import { applyTlsSecret, deleteSecret } from "../gateway/secret.ts";
import type { CertificateProvider } from "../provider.ts";
import { keptAuthority } from "./authority.ts";
import { SandboxIssuer } from "./issuer.ts";

export interface SandboxOptions {
  /** Where the authority, the certificates and the stand-in for DNS are kept. */
  directory: string;
  domain: string;
  cluster: Cluster;
  gateway: GatewayPlace;
}

/** Certificates of a local authority, served by the sandbox's gateway. */
export function sandboxCertificates({ directory, domain, cluster, gateway }: SandboxOptions): CertificateProvider {
  const issuer = new SandboxIssuer({ directory, authority: keptAuthority(directory), domain });
  const listener = new GatewayListener(cluster, gateway);
  const { namespace } = gateway;
  return {
    name: "sandbox",
    request: async (request) => issuer.request(request),
    describe: async (reference) => issuer.describe(reference),
    async attached(environment) {
      const secrets = await listener.secrets();
      const begin = secretOf(`${environment}-`);
      const ours = secrets.filter((name) => name.startsWith(begin));
      return ours.map((name) => ({ reference: name.slice(secretOf("").length), listener: 0 }));
    },
    async attach(_environment, reference) {
      const keyed = issuer.keyed(reference);
      if (keyed === null) throw new TealError("internal", `Certificate ${reference} is to be served and not issued.`);
      await applyTlsSecret(cluster, { namespace, name: secretOf(reference) }, keyed);
      await listener.add(secretOf(reference));
    },
    detach: (_environment, reference) => listener.remove(secretOf(reference)),
    async drop(reference) {
      await deleteSecret(cluster, { namespace, name: secretOf(reference) });
      issuer.drop(reference);
    },
  };
}

function secretOf(reference: string): string {
  return `teal-tls-${reference}`;
}
