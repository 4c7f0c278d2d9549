import { createHash } from "node:crypto";
import { RequestCertificateCommand, type ACMClient } from "@aws-sdk/client-acm";
import { explained } from "../errors.ts";
import { requests } from "./concern.ts";

export interface AcmRequest {
  /** Tells Teal installations of one account apart. */
  domain: string;
  environment: string;
  sequence: number;
  names: readonly string[];
}

/** What a certificate is found by again; also what rights may be limited to. */
export function tagsOf({ domain, environment, sequence }: Omit<AcmRequest, "names">) {
  return [
    { Key: "teal:domain", Value: domain },
    { Key: "teal:environment", Value: environment },
    { Key: "teal:certificate", Value: String(sequence) },
  ];
}

/** Asks ACM for a certificate that is validated by DNS; the same within an hour gives the same one. Gives its ARN. */
export async function requestCertificate(acm: ACMClient, request: AcmRequest): Promise<string> {
  const { domain, environment, sequence, names } = request;
  // The first one becomes the common name, of which ACM takes 64 characters.
  const [DomainName, ...rest] = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const command = new RequestCertificateCommand({
    DomainName,
    ...(rest.length > 0 && { SubjectAlternativeNames: rest }),
    ValidationMethod: "DNS",
    KeyAlgorithm: "EC_prime256v1",
    IdempotencyToken: createHash("sha256").update(`${domain}/${environment}/${sequence}`).digest("hex").slice(0, 32),
    Tags: tagsOf(request),
  });
  const { CertificateArn } = await explained(requests, `for a certificate of ${names.join(", ")}`, () =>
    acm.send(command),
  );
  return CertificateArn!;
}
