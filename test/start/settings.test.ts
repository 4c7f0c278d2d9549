import assert from "node:assert/strict";
import { isLoopback, readSettings } from "../../start/settings.ts";

function problems(env: Record<string, string>): string[] {
  const read = readSettings(env);
  return "problems" in read ? read.problems : [];
}

describe("settings", () => {
  it("need nothing", () => {
    const read = readSettings({});
    assert.ok("settings" in read);
    const { PORT, GATEWAY_PORT, TEAL_TARGET, TEAL_ENGINE, TEAL_ENVIRONMENTS, TEAL_LISTEN } = read.settings;
    assert.deepEqual(
      [PORT, GATEWAY_PORT, TEAL_TARGET, TEAL_ENGINE, TEAL_LISTEN],
      [4000, 4080, "sandbox", "embedded", "127.0.0.1"],
    );
    assert.deepEqual(TEAL_ENVIRONMENTS, ["develop", "staging", "production"]);
  });

  it("let the gateway's ports be chosen together", () => {
    for (const [env, port] of [
      [{}, 4443],
      [{ GATEWAY_PORT: "0" }, 0],
      [{ GATEWAY_TLS_PORT: "8443" }, 8443],
    ] as const) {
      const read = readSettings(env);
      assert.equal("settings" in read && read.settings.GATEWAY_TLS_PORT, port);
    }
  });

  const wrong: [Record<string, string>, RegExp][] = [
    [{ PORT: "http" }, /^PORT: expected a port number .*got "http"\.$/],
    [{ PORT: "70000" }, /^PORT: expected a port number/],
    [{ PORT: "5000", GATEWAY_PORT: "5000" }, /^GATEWAY_PORT: expected another port/],
    [{ TEAL_TARGET: "moon" }, /^TEAL_TARGET: expected sandbox \| kubernetes \| aws/],
    [{ TEAL_ENGINE: "v8" }, /^TEAL_ENGINE: expected embedded \| cli/],
    [{ TEAL_ENVIRONMENTS: "a,a" }, /^TEAL_ENVIRONMENTS: expected each environment once/],
    [{ TEAL_ENVIRONMENTS: "Prod" }, /^TEAL_ENVIRONMENTS: /],
    [{ TEAL_LISTEN: "0.0.0.0" }, /^TEAL_TOKEN: expected one/],
    [{ TEAL_TOKEN: "short" }, /^TEAL_TOKEN: expected at least 16 characters\.$/],
    [{ DATABASE_URL: "mysql://u:hunter2@h/d" }, /^DATABASE_URL: expected a URL that begins with postgres/],
    [{ PULUMI_BACKEND_URL: "https://api.pulumi.com" }, /^PULUMI_BACKEND_URL: expected file:\S* or s3:/],
    [{ PULUMI_BACKEND_URL: "s3://" }, /^PULUMI_BACKEND_URL: the s3:\S+ backend's URL: expected a bucket/],
    [{ PULUMI_BACKEND_URL: "s3://bucket?color=red" }, /^PULUMI_BACKEND_URL: .*expected options region, .*got "color"/],
    [{ PULUMI_BACKEND_URL: "s3://bucket?role=arn:x" }, /^PULUMI_BACKEND_URL: .*does not support the option role/],
    [{ TEAL_PUBLIC_URL: "teal.example.com" }, /^TEAL_PUBLIC_URL: expected a URL that begins with http/],
    [{ TEAL_WEBHOOK_ALLOW_PRIVATE: "yes" }, /^TEAL_WEBHOOK_ALLOW_PRIVATE: expected true \| false/],
    [{ PORT: "5000", GATEWAY_TLS_PORT: "5000" }, /^GATEWAY_TLS_PORT: expected another port/],
    [{ TEAL_HTTPS_LISTENERS: "arn:aws:x" }, /^TEAL_HTTPS_LISTENERS: expected ARNs/],
    [{ TEAL_HTTPS_LISTENERS: "develop=arn:aws:x" }, /^TEAL_DNS_ZONE: expected TEAL_HTTPS_LISTENERS and/],
    [{ TEAL_DNS_ZONE: "/hostedzone/Z1" }, /^TEAL_DNS_ZONE: expected the id of a hosted zone/],
    [{ TEAL_DNS_ZONE: "Z1", TEAL_HTTPS_LISTENERS: "develop=arn:aws:x" }, /^TEAL_HTTPS_LISTENERS: expected none/],
    [{ TEAL_CERTIFICATE_ISSUER: "letsencrypt" }, /^TEAL_CERTIFICATE_ISSUER: expected none/],
    [{ TEAL_CERTIFICATE_QUOTAS: "10" }, /^TEAL_CERTIFICATE_QUOTAS: expected names per certificate/],
    [{ TEAL_CERTIFICATE_QUOTAS: "10,22" }, /^TEAL_CERTIFICATE_QUOTAS: expected at most 21 certificates per listener/],
    [
      { TEAL_ENVIRONMENTS: Array.from({ length: 17 }, (_, i) => `e${i}`).join(",") },
      /^TEAL_ENVIRONMENTS: expected at most 16 for certificates, got 17/,
    ],
    [{ TEAL_CERTIFICATE_QUOTAS: "10,3" }, /^TEAL_CERTIFICATE_QUOTAS: expected more than 3/],
    [{ TEAL_DYNAMODB_TABLE: "deployments" }, /^TEAL_DYNAMODB_TABLE: expected none, since TEAL_TARGET=sandbox/],
    [{ TEAL_DYNAMODB_TABLE: "a table" }, /^TEAL_DYNAMODB_TABLE: expected the name of a DynamoDB table/],
    [{ TEAL_TARGET: "aws", PULUMI_CONFIG_PASSPHRASE: "x" }, /^KUBECONFIG: expected/],
    [{ TEAL_PLATFORM: "organization/platform/production", TEAL_ENGINE: "cli" }, /^TEAL_PLATFORM: expected none, since/],
    [{ TEAL_BACKUP_BUCKET: "teal-backups" }, /^TEAL_BACKUP_BUCKET: expected none without TEAL_PLATFORM/],
    [{ TEAL_BACKUP_BUCKET: "s3://teal" }, /^TEAL_BACKUP_BUCKET: expected the name of an S3 bucket, got/],
    [{ TEAL_BACKUP_COPY_KEY: "alias/teal" }, /^TEAL_BACKUP_COPY_KEY: expected the ARN of a KMS key/],
    [{ TEAL_DATA_TIERS: "tiers.yaml" }, /^TEAL_DATA_TIERS: expected none without TEAL_PLATFORM/],
    [
      { TEAL_SHARED_DATABASE_URL: "mysql://root:hunter2@db" },
      /^TEAL_SHARED_DATABASE_URL: expected a URL[^]*or postgresql:\/\/\.$/,
    ],
  ];
  for (const [env, line] of wrong) {
    it(`say what is wrong with ${Object.keys(env).join(" and ")}, in one line`, () => {
      const [problem] = problems(env);
      assert.match(problem ?? "", line);
      assert.equal(problem?.includes("\n"), false);
      assert.equal(problem?.includes("hunter2"), false);
    });
  }

  it("take listeners of each environment, as many of each", () => {
    const aws = { TEAL_TARGET: "aws", KUBECONFIG: "/k", PULUMI_CONFIG_PASSPHRASE: "x", TEAL_DNS_ZONE: "Z1" };
    const arn = (name: string) => `arn:aws:elasticloadbalancing:eu-central-1:1:listener/app/${name}/1/2`;
    const two = `develop=${arn("a")},staging=${arn("b")}`;
    const read = readSettings({ ...aws, TEAL_HTTPS_LISTENERS: two });
    assert.ok("settings" in read);
    const pairs = [
      ["develop", arn("a")],
      ["staging", arn("b")],
    ];
    assert.deepEqual(read.settings.TEAL_HTTPS_LISTENERS, pairs);
    const [uneven] = problems({ ...aws, TEAL_HTTPS_LISTENERS: `${two},develop=${arn("c")}` });
    assert.match(uneven ?? "", /as many listeners/);
    const [unknown] = problems({ ...aws, TEAL_HTTPS_LISTENERS: `moon=${arn("a")}` });
    assert.match(unknown ?? "", /expected environments of TEAL_ENVIRONMENTS, got "moon"/);
  });
  const alb = {
    TEAL_TARGET: "aws",
    TEAL_ROUTING: "alb-ingress",
    KUBECONFIG: "/kubeconfig",
    PULUMI_CONFIG_PASSPHRASE: "x",
    TEAL_ALB_LISTENER: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/teal-production/1/2",
    TEAL_ALB_CIDRS: "10.64.48.0/22, 10.64.52.0/22",
    TEAL_GATEWAY_URL: "https://teal.eu-central-1.elb.amazonaws.com",
  };
  it("take a load balancer that splits, with what it has for tenants", () => {
    const read = readSettings({ ...alb, TEAL_ALB_RULES: "250" });
    assert.ok("settings" in read, JSON.stringify(read));
    const { TEAL_ALB_CIDRS, TEAL_ALB_RULES, TEAL_ALB_TARGET_GROUPS, TEAL_INGRESS_CLASS } = read.settings;
    assert.deepEqual(TEAL_ALB_CIDRS, ["10.64.48.0/22", "10.64.52.0/22"]);
    assert.deepEqual([TEAL_ALB_RULES, TEAL_ALB_TARGET_GROUPS, TEAL_INGRESS_CLASS], [250, 100, "teal-tenants"]);
  });
  const wrongAlb: [Record<string, string>, RegExp][] = [
    [{ TEAL_ROUTING: "dns" }, /^TEAL_ROUTING: expected gateway \| alb-ingress/],
    [{ TEAL_TARGET: "sandbox" }, /^TEAL_ROUTING: expected gateway, since TEAL_TARGET=sandbox/],
    [{ TEAL_TARGET: "kubernetes" }, /^TEAL_ROUTING: expected gateway, since TEAL_TARGET=kubernetes/],
    [{ TEAL_ALB_LISTENER: "" }, /^TEAL_ALB_LISTENER: expected a value/],
    [
      { TEAL_ALB_LISTENER: "arn:aws:elasticloadbalancing:x:1:loadbalancer/app/a/b" },
      /^TEAL_ALB_LISTENER: expected the ARN/,
    ],
    [{ TEAL_ALB_CIDRS: "" }, /^TEAL_ALB_CIDRS: expected a value/],
    [{ TEAL_ALB_CIDRS: "10.0.0.0" }, /^TEAL_ALB_CIDRS: expected IPv4 ranges/],
    [{ TEAL_ALB_TARGET_GROUPS: "101" }, /^TEAL_ALB_TARGET_GROUPS: expected at most 100/],
    [{ TEAL_GATEWAY_URL: "http://x" }, /^TEAL_GATEWAY_URL: expected https/],
    [{ TEAL_GATEWAY_METRICS: "http://x" }, /^TEAL_GATEWAY_METRICS: expected none/],
    [{ TEAL_GATEWAY_AFFINITY: "cookie" }, /^TEAL_GATEWAY_AFFINITY: expected none/],
    [
      { TEAL_HTTPS_LISTENERS: "production=arn:aws:elasticloadbalancing:x", TEAL_DNS_ZONE: "Z1" },
      /^TEAL_HTTPS_LISTENERS: expected none, since TEAL_ROUTING=alb-ingress/,
    ],
    [{ TEAL_ROUTING: "gateway" }, /^TEAL_ALB_LISTENER: expected none, since TEAL_ROUTING=gateway/],
  ];
  for (const [env, line] of wrongAlb) {
    it(`say what is wrong with ${JSON.stringify(env)} beside a load balancer, in one line`, () => {
      const [problem] = problems({ ...alb, ...env });
      assert.match(problem ?? "", line);
      assert.equal(problem?.includes("\n"), false);
    });
  }

  it("tell all problems at once, and take an empty variable for an unset one", () => {
    assert.equal(problems({ PORT: "x", TEAL_TARGET: "y" }).length, 2);
    assert.deepEqual(problems({ PORT: "", DATABASE_URL: "" }), []);
  });

  it("know loopback from other addresses", () => {
    assert.deepEqual(["127.0.0.1", "127.9.9.9", "::1", "localhost"].map(isLoopback), [true, true, true, true]);
    assert.deepEqual(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil.test"].map(isLoopback), [
      false,
      false,
      false,
      false,
    ]);
  });
});
