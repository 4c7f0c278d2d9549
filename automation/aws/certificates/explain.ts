import { TealError } from "../../../model/errors.ts";

/** What of an error of the SDK is looked at. */
interface SdkError {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
  $retryable?: { throttling?: boolean };
}

const throttling =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequests(Exception)?|RequestLimitExceeded|PriorRequestNotComplete|RequestThrottled(Exception)?)$/;
const quotas = /^(LimitExceeded(Exception)?|TooManyCertificates(Exception)?|TooManyTagsException)$/;
const denied =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|UnrecognizedClientException|InvalidClientTokenId|ExpiredToken(Exception)?|SignatureDoesNotMatch)$/;
/** Of a request for a certificate: it will not be had, whenever it is asked for. */
const refusals =
  /^(InvalidDomainValidationOptionsException|InvalidParameterException|ValidationException|ValidationError)$/;

/** A call to AWS, its errors in Teal's words. `doing`: what it was for. */
export async function explained<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw explain(doing, error);
  }
}

export function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.some((name) => error.name === name || error.name === `${name}Exception`);
}

export function explain(doing: string, cause: unknown): TealError {
  const { name, message, $retryable } = cause as SdkError;
  const said = `AWS, asked ${doing}, answered ${name}: ${message}`;
  const of = (code: string, what: string) => new TealError(code, `${said} ${what}`, { cause });
  if (throttling.test(name) || $retryable?.throttling)
    return of("aws_throttled", "It is tried again, less often. Where it goes on, ask AWS for a higher rate.");
  if (quotas.test(name))
    return of("aws_quota", "Raise that quota at AWS (Service Quotas), or lower TEAL_CERTIFICATE_QUOTAS.");
  if (denied.test(name)) return of("aws_denied", "Give Teal's role the rights that docs/certificates.md lists.");
  if (refusals.test(name) && doing.startsWith("for a certificate"))
    return of("certificate_refused", "It is asked for again after a while.");
  return of("aws_failed", "It is tried again.");
}
