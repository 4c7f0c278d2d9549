import { TealError } from "../../model/errors.ts";
import { withoutKeys } from "./withoutKeys.ts";

export interface AwsKind {
  kind: string;
  /** Of a TealError, where the concern has none of its own. */
  code: string;
  /** Whether the same may do once it is asked again, later. */
  retriable: boolean;
  /** Names of errors, without `Exception`, `Fault` or `Error` at their end. */
  names: RegExp;
  what: string;
}

/** What AWS can have against a call. The first row whose names fit decides; else the HTTP status does. */
export const awsKinds = [
  {
    kind: "throttled",
    code: "aws_throttled",
    retriable: true,
    names:
      /^(Throttling|Throttled|RequestThrottled|TooManyRequests|RequestLimitExceeded|BandwidthLimitExceeded|ProvisionedThroughputExceeded|SlowDown|LimitExceededRate|PriorRequestNotComplete|TransactionInProgress)$/,
    what: "It is tried again, less often. Where it goes on, ask AWS for a higher rate.",
  },
  {
    kind: "credentials",
    code: "aws_credentials",
    retriable: true,
    names:
      /^(ExpiredToken|RequestExpired|InvalidToken|TokenRefreshRequired|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|AuthFailure|RequestTimeTooSkewed|InvalidIdentityToken|CredentialsProvider)$/,
    what: "It is tried again. Give Teal credentials of AWS that are valid (the role of its pods, or the SDK's environment variables), and see that its clock is right.",
  },
  {
    kind: "denied",
    code: "aws_denied",
    retriable: false,
    names:
      /^(AccessDenied|KMSAccessDenied|UnauthorizedOperation|Authorization(Error)?|KMSKeyNotAccessible|OptInRequired)$/,
    what: "Give Teal's role that right.",
  },
  {
    kind: "quota",
    code: "aws_quota",
    retriable: false,
    names: /(QuotaExceeded|LimitExceeded|InsufficientStorageClusterCapacity)$|^TooMany/,
    what: "Raise that quota at AWS (Service Quotas), or remove what is needed no longer.",
  },
  {
    kind: "busy",
    code: "aws_busy",
    retriable: true,
    names:
      /^Invalid\w*State$|^KMSInvalidState$|InUse$|^(OperationAborted|Conflict|ConcurrentModification|DeleteConflict|DependencyViolation|ConditionalRequestConflict)$/,
    what: "It is tried again, once AWS has ended what it is at.",
  },
  {
    kind: "missing",
    code: "aws_missing",
    retriable: true,
    names: /NotFound$|^NoSuch/,
    what: "It is tried again, since AWS takes a while to know what has just been made. Where it goes on, somebody has deleted it.",
  },
  {
    kind: "unavailable",
    code: "aws_unavailable",
    retriable: true,
    names:
      /^(Internal|InternalServer|InternalFailure|KMSInternal|ServiceUnavailable|ServiceFailure|Server|DependencyTimeout|RequestTimeout|Timeout|Abort|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/,
    what: "It is tried again. Where it goes on, look at AWS's health, and at the way from here to its API.",
  },
  {
    kind: "refused",
    code: "aws_refused",
    retriable: false,
    names:
      /^(Validation|InvalidParameter\w*|InvalidArgument|InvalidInput|InvalidRequest|InvalidDomainValidationOptions|MalformedXML|MalformedPolicyDocument|MissingParameter|UnsupportedOperation)$/,
    what: "The same would be refused again: tell us.",
  },
  { kind: "other", code: "aws_failed", retriable: true, names: /^$/, what: "It is tried again." },
] as const satisfies readonly AwsKind[];

export type Kind = (typeof awsKinds)[number]["kind"];

/** What a part of Teal that asks AWS has of its own to say. */
export interface Concern {
  /** What to do, where it is more than what is so of all calls: which rights, which quota. */
  what?: Partial<Record<Kind, string>>;
  /** Codes that others know it by. */
  codes?: Partial<Record<Kind, string>>;
  /** Nothing rests on it meanwhile: it is asked again, whatever it was. */
  patient?: boolean;
}

/** What of an error of the SDK is looked at. */
interface SdkError {
  name: string;
  message: string;
  code?: unknown;
  $metadata?: { httpStatusCode?: number };
  $retryable?: { throttling?: boolean };
}

const bare = (name: string): string => name.replace(/(Exception|Fault|Error)$/, "");

/** Whether AWS's error has one of these names; the endings that its services give them make no difference. */
export function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.some((name) => bare(error.name) === bare(name));
}

export function kindOf(error: unknown): (typeof awsKinds)[number] {
  const { name = "", code, $metadata, $retryable } = (error ?? {}) as Partial<SdkError>;
  if ($retryable?.throttling) return ofKind("throttled");
  // Node says by a code that nobody answered.
  return kindNamed([name, ...(typeof code === "string" ? [code] : [])], $metadata?.httpStatusCode ?? 0);
}

/** By AWS's name for it, where that says something, else by the HTTP status; 0: there was no answer. */
export function kindNamed(names: readonly string[], status: number): (typeof awsKinds)[number] {
  const known = names.map(bare).filter(Boolean);
  return awsKinds.find((row) => known.some((one) => row.names.test(one))) ?? byStatus(status);
}

function byStatus(status: number): (typeof awsKinds)[number] {
  if (status === 429) return ofKind("throttled");
  if (status === 403) return ofKind("denied");
  if (status === 404) return ofKind("missing");
  return ofKind(status >= 500 ? "unavailable" : "other");
}

function ofKind(kind: Kind): (typeof awsKinds)[number] {
  return awsKinds.find((row) => row.kind === kind)!;
}

/**
 * What an error of the SDK means: a TealError with the concern's code and what to do, data `{aws}`, AWS's name for it, and
 * `retriable: false` where the same would be no use. `doing`: what AWS was asked, such as `for a certificate of …`. No key,
 * token or signature gets into it. TealErrors are given back as they are.
 */
export function explain(
  concern: Concern,
  doing: string,
  error: unknown,
  data: Record<string, unknown> = {},
): TealError {
  if (error instanceof TealError) return error;
  const row = kindOf(error);
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  const said = withoutKeys(message).trim().replace(/\.$/, "");
  const what = concern.what?.[row.kind] ?? row.what;
  // Else nobody did, or it went wrong on our side.
  const answered = (error as Partial<SdkError>)?.$metadata?.httpStatusCode !== undefined;
  const final = !row.retriable && !concern.patient;
  return new TealError(
    concern.codes?.[row.kind] ?? row.code,
    `${answered ? `AWS, asked ${doing}, answered` : `Asking AWS ${doing} failed:`} ${name}: ${said}. ${what}`,
    { data: { ...data, aws: name, ...(final && { retriable: false }) }, cause: withoutSecrets(error, name, said) },
  );
}

/** A call to AWS, its errors explained. */
export async function explained<T>(concern: Concern, doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw explain(concern, doing, error);
  }
}

/** The SDK's errors carry all that AWS sent, of which some is what was signed; a log has the whole of an error's cause. */
function withoutSecrets(error: unknown, name: string, message: string): Error {
  const plain = new Error(message);
  plain.name = name;
  const frames = (error instanceof Error ? (error.stack ?? "") : "").split("\n").filter((line) => /^\s+at /.test(line));
  plain.stack = [`${name}: ${message}`, ...frames].join("\n");
  return plain;
}
