import { join } from "node:path";
import { certificateClients } from "../automation/aws/certificates/clients.ts";
import { acmCertificates } from "../automation/aws/certificates/provider.ts";
import { certManagerCertificates } from "../automation/certificates/certManager/provider.ts";
import { demoPace, productionPace } from "../automation/certificates/pace.ts";
import type { CertificateSetup } from "../automation/certificates/provider.ts";
import { sandboxCertificates } from "../automation/certificates/sandbox/provider.ts";
import type { Cluster } from "../automation/probes/cluster.ts";
import {
  certificateQuotas,
  mostReferences,
  spareSlots,
  type CertificateQuotas,
} from "../tenant/plan/certificates/quotas.ts";
import type { Ground } from "./ground.ts";
import type { Settings } from "./settings.ts";

const httpsPort = 443;

interface Parts {
  settings: Settings;
  ground: Pick<Ground, "gatewayTlsPort">;
  cluster: Cluster;
}

/** Who issues certificates, by the target and what is set; null: nobody. */
export function certificateSetup({ settings, ground, cluster }: Parts): CertificateSetup | null {
  const { TEAL_DOMAIN: domain, TEAL_GATEWAY, TEAL_HTTPS_LISTENERS: listeners, TEAL_DNS_ZONE: zone } = settings;
  if (listeners && zone) return acmSetup(settings, listeners, zone);
  const [namespace, name] = TEAL_GATEWAY.split("/") as [string, string];
  const { TEAL_CERTIFICATE_ISSUER: issuer, TEAL_ENVIRONMENTS: environments } = settings;
  if (issuer) {
    const gateway = { namespace, name, port: httpsPort };
    const provider = certManagerCertificates({ cluster, gateway, issuer });
    return { provider, environments, quotas: gatewayQuotas(settings), pace: productionPace };
  }
  if (ground.gatewayTlsPort === undefined) return null;
  const gateway = { namespace, name, port: ground.gatewayTlsPort };
  const directory = certificatesDirectory(settings);
  return {
    provider: sandboxCertificates({ directory, domain, cluster, gateway }),
    environments,
    quotas: gatewayQuotas(settings),
    pace: demoPace,
  };
}

function acmSetup(
  { TEAL_DOMAIN: domain, TEAL_CERTIFICATE_QUOTAS }: Settings,
  pairs: readonly [environment: string, arn: string][],
  zone: string,
): CertificateSetup {
  const listeners = new Map(
    [...Map.groupBy(pairs, ([environment]) => environment)].map(([name, all]) => [name, all.map(([, arn]) => arn)]),
  );
  const [namesPerCertificate, certificatesPerListener] = TEAL_CERTIFICATE_QUOTAS ?? [];
  return {
    provider: acmCertificates({ clients: certificateClients(), domain, zone, listeners }),
    environments: [...listeners.keys()],
    // As many for each environment: settings.ts sees to it.
    quotas: certificateQuotas.parse({
      ...(TEAL_CERTIFICATE_QUOTAS && { namesPerCertificate, certificatesPerListener }),
      listeners: [...listeners.values()][0]!.length,
    }),
    pace: productionPace,
  };
}

/** Of the sandbox: its authority, its certificates, its stand-in for the DNS of custom domains. */
export function certificatesDirectory({ TEAL_DATA }: Pick<Settings, "TEAL_DATA">): string {
  return join(TEAL_DATA, "certificates");
}

/** All environments share the one listener of a Gateway. */
function gatewayQuotas({ TEAL_CERTIFICATE_QUOTAS, TEAL_ENVIRONMENTS }: Settings): CertificateQuotas {
  const share = Math.floor(mostReferences / TEAL_ENVIRONMENTS.length);
  const [namesPerCertificate, certificatesPerListener] = TEAL_CERTIFICATE_QUOTAS ?? [
    100,
    Math.max(spareSlots + 1, share),
  ];
  return certificateQuotas.parse({ namesPerCertificate, certificatesPerListener, listeners: 1 });
}
