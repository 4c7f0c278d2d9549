import assert from "node:assert/strict";
import { ConcurrentUpdateError } from "@pulumi/pulumi/automation/index.js";
import { classify, lockHolders } from "../../../automation/stacks/classify.ts";
import { masking } from "../../../automation/stacks/mask.ts";
import { TealError } from "../../../model/errors.ts";

const urn = (type: string, name: string) => `urn:pulumi:production.acme::tenant::${type}::${name}`;
const deployment = urn("kubernetes:apps/v1:Deployment", "blue-web");
const configMap = urn("kubernetes:core/v1:ConfigMap", "blue-config");
const route = urn("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", "route");

function classified(message: string, at = route): TealError {
  const diagnostics = [
    { urn: "", message: "update failed" },
    { urn: at, message },
  ];
  return classify({ stack: "production.acme", error: new Error("up failed"), diagnostics, mask: masking(["hunter2"]) });
}

/** As the real API server, the Pulumi Kubernetes provider and Node's sockets say it. */
const table: [text: string, code: string, cause: string, retriable: boolean, urn?: string][] = [
  ["connect ECONNREFUSED 127.0.0.1:16443", "cluster_unreachable", "platform", true],
  ["dial tcp 10.0.0.1:443: i/o timeout", "cluster_unreachable", "platform", true],
  [
    "configured Kubernetes cluster is unreachable: unable to load schema information from the API server",
    "cluster_unreachable",
    "platform",
    true,
  ],
  [
    "the server has received too many requests and has asked us to try again later",
    "cluster_unreachable",
    "platform",
    true,
  ],
  ["the server is currently unable to handle the request", "cluster_unreachable", "platform", true],
  ["etcdserver: request timed out", "cluster_unreachable", "platform", true],
  [
    'deployments.apps is forbidden: User "teal" cannot create resource "deployments" in API group "apps"',
    "forbidden",
    "platform",
    false,
  ],
  ["Unauthorized", "forbidden", "platform", false],
  [
    'configmaps "x" is forbidden: unable to create new content in namespace a because it is being terminated',
    "namespace_terminating",
    "platform",
    true,
  ],
  ['services "blue" is forbidden: exceeded quota: quota, requested: services=1', "quota_exceeded", "policy", false],
  [
    "ValidatingAdmissionPolicy 'images' with binding 'all' denied request: unsigned",
    "denied_by_policy",
    "policy",
    false,
  ],
  [
    'Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas',
    "conflict",
    "platform",
    false,
  ],
  ["the object has been modified; please apply your changes to the latest version", "conflict", "platform", true],
  [
    'Deployment.apps "blue-web" is invalid: spec.template.spec.containers[0].image: Required value',
    "invalid_object",
    "release",
    false,
    deployment,
  ],
  [
    'ConfigMap "blue-config" is invalid: []: Too long: must have at most 1048576 bytes',
    "invalid_object",
    "tenant",
    false,
    configMap,
  ],
  ['HTTPRoute "app" is invalid: spec.hostnames: Invalid value: 17', "invalid_object", "platform", false],
  ["Running program failed with an unhandled exception: TypeError", "program_error", "platform", false],
  ["engine_unsupported: the package aws", "engine_unsupported", "platform", false],
  ["error: incorrect passphrase", "passphrase_mismatch", "platform", false],
  ...(
    [
      ["there is no such bucket (NoSuchBucket): make it", "state_s3_no_bucket", false],
      ["AWS refuses access (AccessDenied): allow s3:ListBucket", "state_s3_denied", false],
      ["AWS does not take the credentials (ExpiredToken): give", "state_s3_credentials", true],
      ["the bucket is in another region (PermanentRedirect): name it", "state_s3_region", false],
      ["S3 asks to slow down, and still did after several tries (503): try", "state_s3_throttled", true],
      ["S3 can't be reached (ECONNREFUSED): see to the network", "state_s3_unreachable", true],
      ["S3 answered with an error (400): see", "state_s3_failed", true],
      ["it wrote it: locks can't be kept there. Use", "state_s3_unconditional", false],
      ["another has changed it since: nothing was overwritten. Refresh", "state_changed", true],
      ["somebody has removed it: nothing more is written. Try", "stack_lock_lost", true],
    ] as const
  ).map(([said, code, retriable]): (typeof table)[number] => [
    `error: stack state: expected to write k in bucket b, but ${said}`,
    code,
    "platform",
    retriable,
  ]),
  ["the moon is in the wrong phase", "unknown", "platform", true],
  [
    "creating RDS Cluster (x): operation error RDS: CreateDBCluster, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: no",
    "aws_denied",
    "platform",
    false,
  ],
  [
    "operation error S3: CreateBucket, https response error StatusCode: 503, RequestID: 1, api error SlowDown: Please reduce your request rate",
    "aws_throttled",
    "platform",
    true,
  ],
];

describe("automation/stacks/classify", () => {
  for (const [text, code, cause, retriable, at] of table) {
    it(`${code}: ${text.slice(0, 60)}`, () => {
      const error = classified(text, at);
      assert.equal(error.code, code);
      assert.equal(error.data["cause"], cause);
      assert.equal(error.data["retriable"], retriable);
      assert.match(JSON.stringify(error.data["evidence"]), /"source":"pulumi"/);
    });
  }

  it("names the resource and hides secrets, in message and evidence", () => {
    const error = classified('Secret "x" is invalid: hunter2', configMap);
    assert.match(error.message, /blue-config: Secret "x" is invalid: \[secret\]/);
    assert.equal(JSON.stringify([error.message, error.data, error.cause]).includes("hunter2"), false);
  });
  it("leaves what is classified already as it is", () => {
    const known = new TealError("plan_holds_more", "x", { data: { cause: "platform" } });
    assert.equal(classify({ stack: "s", error: known, diagnostics: [], mask: (t) => t }), known);
    const bare = new TealError("engine_unsupported", "x");
    const { code, data } = classify({ stack: "s", error: bare, diagnostics: [], mask: (t) => t });
    assert.deepEqual(
      { code, data },
      { code: "engine_unsupported", data: { cause: "platform", retriable: false, evidence: [] } },
    );
  });
  it("goes by what was printed where there are no diagnostics", () => {
    const error = new Error("code: 255\n stdout: \n stderr: error: could not connect: ECONNREFUSED\n err?: x");
    const found = classify({ stack: "s", error, diagnostics: [], mask: (t) => t });
    assert.equal(found.code, "cluster_unreachable");
  });

  const lockText =
    "code: 255\n stdout: \n stderr: error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n  file:///x.json: created by root@some-host (pid 4711) at 2026-01-01T00:00:00Z\n err?: y";
  const lockError = Object.assign(Object.create(ConcurrentUpdateError.prototype) as Error, { message: lockText });

  it("knows a lock and who holds it", () => {
    const found = classify({ stack: "s", error: lockError, diagnostics: [], mask: (t) => t });
    assert.equal(found.code, "stack_locked");
    assert.equal(found.data["retriable"], true);
    assert.deepEqual(lockHolders(lockError), [{ host: "some-host", pid: 4711 }]);
    assert.deepEqual(lockHolders(new Error("x")), []);
  });

  it("knows who holds a lock that is kept in a bucket", () => {
    const line = (id: number, host: string) =>
      `  s3://state?region=eu-central-1/.pulumi/locks/organization/tenant/production.acme/${id}.json: created by teal@${host} (pid 7) at 2026-01-01T00:00:00Z`;
    const message = `error: the stack is currently locked by 2 lock(s).\n${line(1, "worker-a")}\n${line(2, "worker-b")}`;
    const error = Object.assign(Object.create(ConcurrentUpdateError.prototype) as Error, { message });
    assert.deepEqual(lockHolders(error), [
      { host: "worker-a", pid: 7 },
      { host: "worker-b", pid: 7 },
    ]);
  });
});
