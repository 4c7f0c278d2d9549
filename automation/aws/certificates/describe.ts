import { DescribeCertificateCommand, type ACMClient, type CertificateDetail } from "@aws-sdk/client-acm";
import type { ValidationOfName } from "../../../model/certificate.ts";
import type { Described } from "../../certificates/provider.ts";
import { explained, isNamed } from "../errors.ts";
import { certificates } from "./concern.ts";

/** A certificate as ACM has it; null: it has none of that ARN. */
export async function describeCertificate(acm: ACMClient, arn: string): Promise<Described | null> {
  const command = new DescribeCertificateCommand({ CertificateArn: arn });
  const detail = await explained(certificates, `how certificate ${arn} is`, async () => {
    try {
      return (await acm.send(command)).Certificate;
    } catch (error) {
      if (isNamed(error, "ResourceNotFound")) return undefined;
      throw error;
    }
  });
  return detail ? described(detail) : null;
}

export function described(detail: CertificateDetail): Described {
  const { Status, NotAfter } = detail;
  const validations = validationsOf(detail);
  switch (Status) {
    case "ISSUED":
    case "EXPIRED":
      // Its end says that it has ended.
      return { state: "issued", expiresAt: NotAfter!, failure: null, validations };
    case "FAILED":
    case "VALIDATION_TIMED_OUT":
    case "REVOKED":
      return { state: "failed", expiresAt: null, failure: failureOf(detail), validations };
    default:
      return { state: "requested", expiresAt: null, failure: null, validations };
  }
}

/** The records come some seconds after the request. */
function validationsOf({ DomainValidationOptions, SubjectAlternativeNames, DomainName }: CertificateDetail) {
  const options = new Map((DomainValidationOptions ?? []).map((one) => [one.DomainName, one]));
  const names = new Set([DomainName, ...(SubjectAlternativeNames ?? []), ...options.keys()]);
  return [...names].flatMap((hostname): ValidationOfName[] => {
    if (hostname === undefined) return [];
    const { ResourceRecord: record, ValidationStatus } = options.get(hostname) ?? {};
    const { Name, Value } = record ?? {};
    return [
      {
        hostname,
        validated: ValidationStatus === "SUCCESS",
        record: Name && Value ? { name: bare(Name), type: "CNAME", value: bare(Value) } : null,
      },
    ];
  });
}

const bare = (name: string): string => name.replace(/\.$/, "");

const failures: Record<string, string> = {
  CAA_ERROR: "A CAA record of one of its names doesn't let Amazon issue certificates: its owner has to add amazon.com.",
  DOMAIN_NOT_ALLOWED: "One of its names is on a list of unsafe ones. AWS Support can tell more.",
  INVALID_PUBLIC_DOMAIN: "One of its names is below no public domain.",
  ADDITIONAL_VERIFICATION_REQUIRED: "AWS asks for more proof: open a case with AWS Support.",
  DOMAIN_VALIDATION_DENIED: "The owner of one of its names has denied it.",
};

function failureOf({ Status, FailureReason }: CertificateDetail): string {
  if (Status === "VALIDATION_TIMED_OUT") return "No record was seen within 72 hours.";
  if (Status === "REVOKED") return "It was revoked.";
  return failures[FailureReason ?? ""] ?? `ACM gives as the reason: ${FailureReason ?? "none"}.`;
}
