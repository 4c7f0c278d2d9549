import type * as pulumi from "@pulumi/pulumi";
import type { PlatformConfig } from "../config/schema.ts";
import { certificatesPerEnvironment } from "../edge/certificateQuota.ts";
import type { Statement } from "../identity/policy.ts";

export interface CertificateRights {
  config: Pick<PlatformConfig, "account" | "region" | "domain">;
  /** ARN of the listener that all environments' certificates are attached to. */
  listener: pulumi.Input<string>;
}

/**
 * What Teal's pods need to get tenants' certificates and to serve by them (docs/certificates.md): certificates that bear Teal's tag, records in
 * our zone that prove names of our domain, and our listener.
 */
export function certificateRights({ config, listener }: CertificateRights): Statement[] {
  const { account, region, domain } = config;
  const certificates = `arn:aws:acm:${region}:${account}:certificate/*`;
  const zone = `arn:aws:route53:::hostedzone/${domain.zone}`;
  const asked = { "aws:RequestTag/teal:domain": domain.name };
  return [
    // A certificate has no name before it is there.
    {
      Sid: "NewCertificates",
      Action: ["acm:RequestCertificate"],
      Resource: "*",
      Condition: { StringEquals: asked },
    },
    {
      Sid: "NameCertificates",
      Action: ["acm:AddTagsToCertificate"],
      Resource: certificates,
      // Else it could make the platform's own its own.
      Condition: { StringEquals: asked, StringNotEquals: { "aws:ResourceTag/teal:stack": "platform" } },
    },
    {
      Sid: "KeepCertificates",
      Action: ["acm:DescribeCertificate", "acm:DeleteCertificate"],
      Resource: certificates,
      Condition: { StringEquals: { "aws:ResourceTag/teal:domain": domain.name } },
    },
    {
      Sid: "ProveNames",
      Action: ["route53:ChangeResourceRecordSets"],
      Resource: zone,
      // Records with which ACM proves names begin so; no host name does.
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["CNAME"] },
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [`_*.${domain.name}`],
        },
      },
    },
    { Sid: "SeeRecords", Action: ["route53:ListResourceRecordSets"], Resource: zone },
    {
      Sid: "ServeByCertificates",
      Action: ["AddListenerCertificates", "RemoveListenerCertificates"].map((name) => `elasticloadbalancing:${name}`),
      Resource: listener,
    },
    { Sid: "SeeCertificates", Action: ["elasticloadbalancing:DescribeListenerCertificates"], Resource: "*" },
  ];
}

/** Every environment is served by the one listener, each with its share of what that has room for. */
export function certificateSettings<Text>(
  { environments, domain }: Pick<PlatformConfig, "environments" | "domain">,
  pairs: Text,
): Record<string, string | Text> {
  return {
    TEAL_HTTPS_LISTENERS: pairs,
    TEAL_DNS_ZONE: domain.zone,
    TEAL_CERTIFICATE_QUOTAS: `${namesPerCertificate},${certificatesPerEnvironment(environments.length)}`,
  };
}

/** As ACM has it at first. */
const namesPerCertificate = 10;
