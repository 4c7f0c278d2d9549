import {
  AddListenerCertificatesCommand,
  DescribeListenerCertificatesCommand,
  RemoveListenerCertificatesCommand,
  type ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { explained, isNamed } from "../errors.ts";
import { certificates } from "./concern.ts";

/** ARNs of the certificates that a listener serves by name, its default one left out. */
export async function certificatesOf(balancers: ElasticLoadBalancingV2Client, listener: string): Promise<string[]> {
  const arns: string[] = [];
  for (let Marker: string | undefined; ;) {
    const command = new DescribeListenerCertificatesCommand({ ListenerArn: listener, ...(Marker && { Marker }) });
    const page = await explained(certificates, `for the certificates of listener ${listener}`, () =>
      balancers.send(command),
    );
    for (const { CertificateArn, IsDefault } of page.Certificates ?? [])
      if (CertificateArn && IsDefault !== true) arns.push(CertificateArn);
    if (!page.NextMarker) return arns;
    Marker = page.NextMarker;
  }
}

export async function addCertificate(
  balancers: ElasticLoadBalancingV2Client,
  listener: string,
  arn: string,
): Promise<void> {
  const command = new AddListenerCertificatesCommand({
    ListenerArn: listener,
    Certificates: [{ CertificateArn: arn }],
  });
  await explained(certificates, `to serve certificate ${arn} on listener ${listener}`, () => balancers.send(command));
}

export async function takeCertificate(
  balancers: ElasticLoadBalancingV2Client,
  listener: string,
  arn: string,
): Promise<void> {
  const command = new RemoveListenerCertificatesCommand({
    ListenerArn: listener,
    Certificates: [{ CertificateArn: arn }],
  });
  await explained(certificates, `to serve certificate ${arn} on listener ${listener} no longer`, async () => {
    try {
      await balancers.send(command);
    } catch (error) {
      if (!isNamed(error, "CertificateNotFound")) throw error;
    }
  });
}
