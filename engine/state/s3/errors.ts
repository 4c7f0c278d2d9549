/** What S3 answers, as errors that say what to do. */
import { TealError } from "../../../model/errors.ts";
import type { S3Place } from "./url.ts";

interface ServiceError {
  readonly name?: string;
  readonly Code?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export function statusOf(error: unknown): number | undefined {
  return (error as ServiceError).$metadata?.httpStatusCode;
}

export function nameOf(error: unknown): string {
  const { name, Code } = error as ServiceError;
  return Code ?? name ?? "";
}

/** No such object: which is nothing wrong. */
export function isMissingObject(error: unknown): boolean {
  return ["NoSuchKey", "NotFound"].includes(nameOf(error)) && statusOf(error) === 404;
}

/** A condition on a write does not hold: another has written it, or removed it. */
export function isRefusedCondition(error: unknown): boolean {
  return statusOf(error) === 412 || nameOf(error) === "PreconditionFailed" || isMissingObject(error);
}

/** Two conditional writes met; S3 has done neither, and says to try again. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409 && nameOf(error) !== "BucketAlreadyExists";
}

interface Known {
  readonly code: string;
  readonly names: RegExp;
  readonly what: string;
  readonly todo: string;
}

const table: readonly Known[] = [
  {
    code: "state_s3_no_bucket",
    names: /^(NoSuchBucket|InvalidBucketName)$/,
    what: "there is no such bucket",
    todo: "make it, or set PULUMI_BACKEND_URL to the one there is",
  },
  {
    code: "state_s3_credentials",
    names:
      /^(ExpiredToken\w*|TokenRefreshRequired|InvalidToken|InvalidAccessKeyId|SignatureDoesNotMatch|RequestTimeTooSkewed|RequestExpired|CredentialsProviderError|UnrecognizedClientException|AuthFailure)$/,
    what: "AWS does not take the credentials",
    todo: "give Teal valid ones, as AWS's SDK finds them: environment, profile, or the machine's role; and see that the clock is right",
  },
  {
    code: "state_s3_denied",
    names: /^(AccessDenied\w*|AllAccessDisabled|AccountProblem|Forbidden|403|KMS\.\w+)$/,
    what: "AWS refuses access",
    todo: "allow s3:ListBucket on the bucket, s3:GetObject, s3:PutObject and s3:DeleteObject on .pulumi/* in it, and kms:Decrypt and kms:GenerateDataKey on its key",
  },
  {
    code: "state_s3_region",
    names: /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException|301|NoRegion)$/,
    what: "the bucket is in another region, or none was named",
    todo: "name it in PULUMI_BACKEND_URL: ?region=…",
  },
  {
    code: "state_s3_throttled",
    names: /^(SlowDown|Throttling\w*|TooManyRequests\w*|RequestLimitExceeded|ServiceUnavailable|503|429)$/,
    what: "S3 asks to slow down, and still did after several tries",
    todo: "try again later; if it stays so, run fewer operations at once (TEAL_STACK_THREADS)",
  },
];

const unreachable =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError|NetworkingError|InternalError|500|502|504)$/;

/** What failed is named by the key, never by what it holds. Text of AWS's is kept as the cause. */
export function s3Error(place: S3Place, action: string, error: unknown): TealError {
  if (error instanceof TealError) return error;
  const failed = error as ServiceError;
  // The SDK has no name for it.
  const noRegion = failed.$metadata === undefined && /^Region is missing/.test(failed.message ?? "");
  const names = [noRegion ? "NoRegion" : nameOf(error), failed.code ?? "", String(statusOf(error) ?? "")].filter(
    (name) => name !== "" && name !== "Error",
  );
  const found = table.find(({ names: pattern }) => names.some((name) => pattern.test(name)));
  const told = `expected to ${action} in bucket ${place.bucket}`;
  const data = { bucket: place.bucket, error: names[0] ?? "unknown" };
  if (found)
    return new TealError(found.code, `stack state: ${told}, but ${found.what} (${names[0]}): ${found.todo}`, {
      data,
      cause: error,
    });
  const gone = names.some((name) => unreachable.test(name));
  const what = gone ? "S3 can't be reached" : "S3 answered with an error";
  const todo = gone ? "see to the network and to AWS's status, then try again" : "see what AWS says of it";
  return new TealError(
    gone ? "state_s3_unreachable" : "state_s3_failed",
    `stack state: ${told}, but ${what} (${names[0] ?? "unknown"}): ${todo}`,
    { data, cause: error },
  );
}

/** Someone else has written what this command has read. */
export function stateChanged(shown: string): TealError {
  return new TealError(
    "state_changed",
    `stack state: expected ${shown} as this operation read it, but another has changed it since: nothing was overwritten. Refresh the stack, which finds what this operation had begun, then try again`,
  );
}
