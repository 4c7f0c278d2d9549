import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";
import fc from "fast-check";
import { openClient } from "../../../automation/aws/clients.ts";
import { awsKinds, explain, explained, isNamed, kindOf, type Kind } from "../../../automation/aws/errors.ts";
import { awsSaid } from "../../../automation/aws/said.ts";
import { TealError } from "../../../model/errors.ts";

function sdkError(name: string, status?: number, more: object = {}): Error {
  const $metadata = status === undefined ? {} : { httpStatusCode: status };
  return Object.assign(new Error("as AWS says"), { name, $metadata, ...more });
}

/** As the SDK names what the services answer. */
const names: Record<Exclude<Kind, "other">, string[]> = {
  throttled: [
    ...["Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "RequestLimitExceeded"],
    ...["SlowDown", "ProvisionedThroughputExceededException", "PriorRequestNotComplete", "RequestThrottledException"],
    ...["BandwidthLimitExceeded", "TransactionInProgressException"],
  ],
  credentials: [
    ...["ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId", "InvalidAccessKeyId"],
    ...["UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature"],
    ...[
      "MissingAuthenticationToken",
      "AuthFailure",
      "RequestTimeTooSkewed",
      "CredentialsProviderError",
      "InvalidToken",
    ],
    ...["TokenRefreshRequired", "InvalidIdentityToken"],
  ],
  denied: [
    ...["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "KMSKeyNotAccessibleFault"],
    ...["AuthorizationErrorException", "KMSAccessDeniedException", "OptInRequired"],
  ],
  quota: [
    ...["LimitExceeded", "LimitExceededException", "TooManyCertificatesException", "TooManyTagsException"],
    ...["SnapshotQuotaExceededFault", "DBClusterQuotaExceededFault", "TooManyBuckets", "ParameterLimitExceeded"],
    ...["InsufficientStorageClusterCapacityFault", "ServiceQuotaExceededException"],
  ],
  busy: [
    ...["InvalidDBClusterStateFault", "InvalidDBClusterSnapshotStateFault", "KMSInvalidStateException"],
    ...["OperationAborted", "ResourceInUseException", "ConflictException", "DeleteConflict", "DependencyViolation"],
    ...["ConcurrentModificationException", "ConditionalRequestConflict"],
  ],
  missing: [
    ...["NotFoundException", "ResourceNotFoundException", "NoSuchKey", "NoSuchBucket", "NoSuchEntityException"],
    ...["DBClusterNotFoundFault", "DBClusterSnapshotNotFoundFault", "CertificateNotFoundException"],
  ],
  unavailable: [
    ...["InternalFailure", "InternalError", "InternalServerError", "ServiceUnavailable", "ServiceUnavailableException"],
    ...["KMSInternalException", "DependencyTimeoutException", "RequestTimeout", "TimeoutError", "ServerException"],
    ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "AbortError", "ServiceFailure"],
    ...["EHOSTUNREACH", "ENETUNREACH"],
  ],
  refused: [
    ...["ValidationException", "ValidationError", "InvalidParameterValue", "InvalidParameterException", "MalformedXML"],
    ...["InvalidParameterCombination", "InvalidDomainValidationOptionsException", "InvalidArgument", "InvalidRequest"],
    ...["MalformedPolicyDocument", "MissingParameter", "UnsupportedOperation", "InvalidInput"],
  ],
};

describe("errors of AWS", () => {
  for (const [kind, all] of Object.entries(names))
    it(`are ${kind} by their names`, () => {
      for (const name of all) assert.equal(kindOf(sdkError(name, 400)).kind, kind, name);
    });

  it("have a kind by their status where their name says nothing", () => {
    const by = { 0: "other", 400: "other", 403: "denied", 404: "missing", 429: "throttled", 500: "unavailable" };
    for (const [status, kind] of Object.entries({ ...by, 503: "unavailable" }))
      assert.equal(kindOf(sdkError("Strange", Number(status))).kind, kind, status);
    assert.equal(kindOf(sdkError("Strange", 400, { $retryable: { throttling: true } })).kind, "throttled");
    assert.equal(kindOf(sdkError("Error", undefined, { code: "ECONNREFUSED" })).kind, "unavailable");
    for (const odd of [undefined, null, "text", 1]) assert.equal(kindOf(odd).kind, "other");
  });

  it("say each kind by a code, whether it is tried again, and what to do", () => {
    const shown = awsKinds.map(({ kind, code, retriable }) => `${kind} ${code} ${retriable}`);
    assert.deepEqual(shown, [
      "throttled aws_throttled true",
      "credentials aws_credentials true",
      "denied aws_denied false",
      "quota aws_quota false",
      "busy aws_busy true",
      "missing aws_missing true",
      "unavailable aws_unavailable true",
      "refused aws_refused false",
      "other aws_failed true",
    ]);
    for (const { kind, code, retriable, what } of awsKinds) {
      const name = kind === "other" ? "Strange" : names[kind][0]!;
      const error = explain({}, "for a thing", sdkError(name, 400), { id: 1 });
      assert.equal(error.code, code);
      assert.equal(error.message, `AWS, asked for a thing, answered ${name}: as AWS says. ${what}`);
      assert.deepEqual(error.data, { id: 1, aws: name, ...(!retriable && { retriable: false }) });
    }
  });

  it("tell what AWS has answered from what never came to that", () => {
    const failure = Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:443"), { code: "ECONNREFUSED" });
    const { code, message } = explain({}, "for a thing", failure);
    assert.equal(code, "aws_unavailable");
    assert.match(message, /^Asking AWS for a thing failed: Error: connect ECONNREFUSED 10\.0\.0\.1:443\. It is tried/);
    assert.match(explain({}, "for a thing", "odd").message, /^Asking AWS for a thing failed: Error: odd\. /);
    assert.equal(explain({}, "for a thing", undefined).code, "aws_failed");
  });

  it("are in the concern's words where it has some", async () => {
    const concern = { what: { denied: "Ask Anna." }, codes: { denied: "mine" }, patient: true };
    const denied = explain(concern, "for it", sdkError("AccessDenied", 403));
    assert.deepEqual([denied.code, denied.data], ["mine", { aws: "AccessDenied" }]);
    assert.match(denied.message, /Ask Anna\.$/);
    assert.equal(explain(concern, "for it", sdkError("SlowDown", 503)).code, "aws_throttled");
    const own = new TealError("own", "as it is");
    await assert.rejects(
      explained(concern, "for it", () => Promise.reject(own)),
      (error) => error === own,
    );
    assert.equal(await explained(concern, "for it", () => Promise.resolve(3)), 3);
  });

  it("are known by name whatever ending a service gives it", () => {
    assert.ok(isNamed(sdkError("ResourceNotFoundException"), "ResourceNotFound"));
    assert.ok(isNamed(sdkError("DBClusterNotFoundFault"), "Other", "DBClusterNotFoundFault"));
    assert.ok(!isNamed(sdkError("DBClusterNotFoundFault"), "DBClusterSnapshotNotFoundFault"));
    assert.ok(!isNamed("NotFound", "NotFound"));
  });

  it("never say a key, a token or a signature, neither themselves nor as a log has them", () => {
    const character = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+");
    const secretOf = (minLength: number) => fc.string({ unit: character, minLength, maxLength: 120 });
    const key = fc.string({
      unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
      minLength: 16,
      maxLength: 16,
    });
    const frames: ((keyId: string, secret: string) => string)[] = [
      (keyId) => `The key ${keyId} is not known`,
      (_, secret) =>
        `The canonical string should have been 'POST\n/\n\nhost:x\nx-amz-security-token:${secret}\n\nhost'`,
      (keyId, secret) => `Authorization: AWS4-HMAC-SHA256 Credential=${keyId}/20260101/x, Signature=${secret}`,
      (keyId, secret) =>
        `https://s3.test/a?X-Amz-Credential=${keyId}&X-Amz-Signature=${secret}&X-Amz-Security-Token=${secret}`,
      (_, secret) => `{"secretAccessKey":"${secret}","sessionToken":"${secret}"}`,
      (_, secret) => `parameter MasterUserPassword=${secret}`,
      (_, secret) => `it was ${secret} that this process has`,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom("AKIA", "ASIA"),
        key,
        secretOf(24),
        fc.nat(frames.length - 1),
        fc.constantFrom(...Object.values(names).flat()),
        (prefix, rest, secret, frame, name) => {
          const before = process.env["AWS_SECRET_ACCESS_KEY"];
          if (frame === frames.length - 1) process.env["AWS_SECRET_ACCESS_KEY"] = secret;
          try {
            const keyId = `${prefix}${rest}`;
            const raw = new Error(frames[frame]!(keyId, secret));
            const error = explain({}, "for it", Object.assign(raw, { name, CanonicalRequest: secret, $metadata: {} }));
            const cause = error.cause as Error;
            const all = [error.message, error.stack, JSON.stringify(error.data), JSON.stringify({ ...cause })];
            const text = [...all, cause.message, cause.stack].join("\n");
            assert.ok(!text.includes(secret) && !text.includes(keyId), text);
          } finally {
            if (before === undefined) delete process.env["AWS_SECRET_ACCESS_KEY"];
            else process.env["AWS_SECRET_ACCESS_KEY"] = before;
          }
        },
      ),
    );
  });

  it("keep what tells which resource it is", () => {
    const text = "User: arn:aws:sts::1:assumed-role/teal/x is not authorized to perform: rds:CreateDBClusterSnapshot";
    const error = explain({}, "for it", Object.assign(new Error(text), { name: "AccessDenied" }));
    assert.ok(error.message.includes(text));
  });

  it("are found in what Pulumi's provider says", () => {
    const of = (code: string, status = 400) =>
      `creating RDS Cluster (x): operation error RDS: CreateDBCluster, https response error StatusCode: ${status}, RequestID: 1, api error ${code}: as AWS says`;
    for (const [kind, all] of Object.entries(names))
      for (const name of all) assert.equal(awsSaid(of(name))?.kind, kind, name);
    assert.equal(awsSaid(of("Strange", 503))?.kind, "unavailable");
    assert.equal(awsSaid("No valid credential sources found")?.kind, "credentials");
    assert.equal(awsSaid('deployments.apps is forbidden: User "teal" cannot create'), null);
  });
});

describe("clients of AWS", () => {
  it("are made one way: tries with jittered pauses, and a time limit on each", async () => {
    const region = "eu-central-1";
    const client = openClient(KMSClient, { region });
    assert.equal(await client.config.maxAttempts(), 4);
    const { mode } = (await client.config.retryStrategy()) as { mode?: string };
    assert.equal(mode, "standard");
    client.destroy();
    const strict = openClient(KMSClient, { region, maxAttempts: 1 });
    assert.equal(await strict.config.maxAttempts(), 1, "tests may ask otherwise");
    strict.destroy();
  });

  it("give up on who accepts and never answers", async () => {
    const silent = createServer(() => undefined);
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
    const requestHandler = { connectionTimeout: 100, socketTimeout: 100 };
    const client = openClient(KMSClient, { endpoint, credentials, region: "x", maxAttempts: 1, requestHandler });
    const error = await client.send(new ListKeysCommand({})).then(
      () => assert.fail("answered"),
      (thrown: unknown) => explain({}, "for keys", thrown),
    );
    assert.equal(error.code, "aws_unavailable", error.message);
    client.destroy();
    silent.closeAllConnections();
    silent.close();
    await once(silent, "close");
  });
});
