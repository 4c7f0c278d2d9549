import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { albQuotas, routings } from "../../model/routing.ts";
import { tiers } from "../../model/tenant.ts";

const cidr = z.cidrv4({ error: "expected an IPv4 range such as 10.64.0.0/16" });
const email = z.email({ error: "expected an e-mail address" });
const arn = (service: string, example: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:[0-9]{12}:\\S+$`), {
    error: `expected an ARN such as ${example}`,
  });
const roleArn = z.string().regex(/^arn:aws[a-z-]*:iam::[0-9]{12}:role\/\S+$/, {
  error: "expected an ARN such as arn:aws:iam::123456789012:role/admins",
});
const secretArn = arn("secretsmanager", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:name-AbCdEf");
const id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), { error: `expected an id that begins with ${prefix}-` });
const unique = <T extends z.ZodType>(items: z.ZodArray<T>) =>
  items.refine((list) => new Set(list).size === list.length, { error: "expected each value once" });
const digest = z.string().regex(/^[a-z0-9][a-z0-9./_:-]*@sha256:[0-9a-f]{64}$/, {
  error: "expected an image by digest: <registry>/<name>@sha256:<64 hex digits>",
});
const dnsName = z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, { error: "expected a domain name" });
/** What CloudWatch can keep logs for. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;
const retention = z.literal(retentions, { error: `expected one of ${retentions.join(", ")} days` });

/** Interface endpoints that can be asked for; what they stand for is the part after `com.amazonaws.<region>.`. */
export const endpointServices = [
  "ecr.api",
  "ecr.dkr",
  "sts",
  "logs",
  "eks",
  "eks-auth",
  "ec2",
  "elasticloadbalancing",
  "secretsmanager",
  "kms",
  "sns",
  "ssm",
  "guardduty-data",
] as const;

const network = z.strictObject({
  cidr: cidr.default("10.64.0.0/16"),
  /** Availability zones, by name, so that a plan is the same today and tomorrow. */
  zones: unique(z.array(z.string()).length(3, { error: "expected three availability zones" })).optional(),
  /** How nodes reach the internet: a gateway per zone, one for all, or none of ours. */
  nat: z.enum(["per-zone", "one", "none"]).default("per-zone"),
  /** Where everything for the outside goes when `nat` is `none`. */
  transitGateway: id("tgw").optional(),
  endpoints: unique(z.array(z.enum(endpointServices))).default(["ecr.api", "ecr.dkr", "sts", "logs"]),
  /** A VPC that is there already: nothing in it is changed but the security groups that we add. */
  existing: z
    .strictObject({
      vpc: id("vpc"),
      cidr,
      publicSubnets: unique(z.array(id("subnet")).min(2)),
      /** Their ranges, where edge.routing is alb-ingress. */
      publicCidrs: unique(z.array(cidr).min(1)).optional(),
      privateSubnets: unique(z.array(id("subnet")).min(2)),
      dataSubnets: unique(z.array(id("subnet")).min(2)),
    })
    .optional(),
});

/** Parts of this stack that are installed in a cluster. */
export const clusterParts = ["policies", "gateway", "monitoring", "logs", "admission", "control-plane"] as const;

const addonVersion = z.string().regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, {
  error: "expected an add-on's version such as v1.22.4-eksbuild.3",
});

const cluster = z.strictObject({
  version: z.string().regex(/^1\.\d{2}$/, { error: 'expected a Kubernetes version such as "1.36", in quotes' }),
  compute: z.enum(["managed", "auto", "fargate"]).default("managed"),
  /** Who reaches the API server: from inside (VPN, peered networks) and, if anybody, from the internet. */
  endpoint: z
    .strictObject({ privateCidrs: unique(z.array(cidr)).default([]), publicCidrs: unique(z.array(cidr)).default([]) })
    .prefault({}),
  /** IAM roles of the people and pipelines that administer the cluster, and of those that may look. */
  admins: unique(z.array(roleArn).min(1)),
  viewers: unique(z.array(roleArn)).default([]),
  nodes: z
    .strictObject({
      instanceTypes: unique(z.array(z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/)).min(1)).default([
        "m7i.large",
        "m6i.large",
      ]),
      min: z.int().min(1).max(100).default(3),
      max: z.int().min(1).max(450).default(12),
      diskGiB: z.int().min(20).max(1000).default(80),
    })
    .prefault({}),
  addons: z
    .strictObject({
      "vpc-cni": addonVersion.optional(),
      coredns: addonVersion.optional(),
      "kube-proxy": addonVersion.optional(),
      "eks-pod-identity-agent": addonVersion.optional(),
      "aws-ebs-csi-driver": addonVersion.optional(),
      "metrics-server": addonVersion.optional(),
    })
    .default({}),
  /** Tiers whose tenants are promised that packets are filtered, not only requests. */
  packetIsolation: unique(z.array(z.enum(tiers))).default([...tiers]),
  /** Another team's cluster: what it is called, how it is reached, and what may be done there. */
  existing: z
    .strictObject({
      name: z.string().min(1).max(100),
      context: z.string().min(1),
      nodeSecurityGroup: id("sg"),
      /** Its OIDC provider, where pods get their rights by IRSA; without it by Pod Identity. */
      oidc: z
        .strictObject({ provider: arn("iam", "arn:aws:iam::123456789012:oidc-provider/…"), issuer: z.string().min(1) })
        .optional(),
      /** What may be installed there; the rest is the other team's. */
      may: unique(z.array(z.enum(clusterParts))),
      /** Most pods of any Deployment of ours that scales. */
      maxReplicas: z.int().min(1),
      packetsFiltered: z.boolean(),
    })
    .optional(),
});

const registry = z.strictObject({
  applications: unique(
    z.array(z.string().regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, { error: "expected a repository name" })).min(1),
  ),
  /** Releases kept per application, and days that an image without tag stays. */
  keep: z.int().min(10).max(1000).default(100),
  untaggedDays: z.int().min(1).max(365).default(14),
  /** Registries of others that tenants may run images of, each ending in a slash. */
  alsoAllowed: unique(
    z.array(z.string().regex(/^[a-z0-9.:-]+\/([a-z0-9._-]+\/)*$/, { error: "expected a prefix that ends in /" })),
  ).default([]),
});

const edge = z.strictObject({
  /** Who may reach tenants. */
  allowedCidrs: unique(z.array(cidr).min(1)).default(["0.0.0.0/0"]),
  /** Requests that one address may send in five minutes. */
  requestsPerAddress: z.int().min(100).max(2_000_000).default(5000),
  /** What splits tenants' traffic: a Gateway in the cluster, or the load balancer itself, for as many tenants as its quotas allow. */
  routing: z.enum(routings).default("gateway"),
  /** With alb-ingress: certificates for tenants' host names, and what the account's quota of rules per load balancer is. */
  certificates: unique(
    z.array(arn("acm", "arn:aws:acm:eu-central-1:123456789012:certificate/…")).max(albQuotas.certificates, {
      error: `expected at most ${albQuotas.certificates} certificates, as a load balancer takes`,
    }),
  ).default([]),
  rules: z.int().min(1).max(5000).default(albQuotas.rules),
  /** With alb-ingress: how many tenants are planned, to be told before the first that they won't fit. */
  tenants: z.int().min(1).optional(),
  accessLogDays: z.int().min(7).max(3650).default(90),
  gateway: z
    .strictObject({ min: z.int().min(2).max(50).default(3), max: z.int().min(2).max(200).default(12) })
    .prefault({}),
});

const monitoring = z.strictObject({
  kind: z.enum(["prometheus", "datadog"]).default("prometheus"),
  retentionDays: z.int().min(1).max(365).default(15),
  storageGiB: z.int().min(10).max(16_000).default(50),
  /** Who is told of alerts, by mail, through SNS. */
  receivers: unique(z.array(email).min(1)),
  datadog: z.strictObject({ site: z.string().min(1), apiKeySecret: secretArn }).optional(),
});

const logs = z.strictObject({
  /** Of the control plane, flows, requests and tenants: how long they are kept. */
  retentionDays: retention.default(90),
  /** How long lines can be searched in OpenSearch. */
  searchDays: z.int().min(1).max(3650).default(30),
  /** A second copy of the index in another zone: twice the price. */
  standby: z.boolean().default(true),
});

const security = z.strictObject({
  /** `existing`: somebody else keeps this account's detector, such as the organisation. */
  guardDuty: z.enum(["create", "existing"]).default("create"),
  /** Whether tenants run images only that our key signed. */
  signatures: z.boolean().default(true),
});

const costs = z.strictObject({
  monthlyUsd: z.number().positive(),
  emails: unique(z.array(email).min(1)),
  /** AWS refuses to activate a tag that it has not seen yet: turn it on a day after the first `pulumi up`. */
  allocationTags: z.boolean().default(false),
});

const scale = (min: number, max: number) =>
  z.strictObject({ min: z.int().min(1).max(50).default(min), max: z.int().min(1).max(50).default(max) }).prefault({});
/** Capacity of Aurora Serverless v2 in ACUs, about 2 GiB of memory each. */
const capacity = z.number().min(0.5).max(256).multipleOf(0.5, { error: "expected a multiple of 0.5" });

const controlPlane = z.strictObject({
  image: digest,
  server: scale(2, 6),
  worker: scale(2, 8),
  /** Who may reach Teal's API through the load balancer; none: nobody does, but by kubectl port-forward. */
  allowedCidrs: unique(z.array(cidr))
    .max(4, { error: "expected at most 4 ranges, as a listener rule has room for 5 conditions" })
    .default([]),
  database: z
    .strictObject({
      minCapacity: capacity.default(0.5),
      maxCapacity: capacity.default(8),
      instances: z.int().min(1).max(3).default(2),
      backupDays: z.int().min(1).max(35).default(14),
      /** Aurora PostgreSQL. */
      version: z
        .string()
        .regex(/^\d{2}\.\d+$/)
        .default("17.5"),
    })
    .prefault({}),
  state: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("s3") }),
      z.strictObject({ kind: z.literal("pulumi-cloud"), accessTokenSecret: secretArn }),
    ])
    .default({ kind: "s3" }),
  /** Tenants have what is their own on AWS. `platform`: what Teal finds this stack by (TEAL_PLATFORM). */
  tenantData: z
    .strictObject({
      platform: z.string().min(1),
      /** Key of another region, where each snapshot is kept once more (TEAL_BACKUP_COPY_KEY). */
      copyKey: z
        .string()
        .regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/, { error: "expected the ARN of a KMS key" })
        .optional(),
    })
    .optional(),
});

/** Everything that can be chosen, each under its key `platform:<key>` of the stack's config. */
export const schema = z.strictObject({
  /** Of this stack: part of every name in AWS. */
  environment: environmentName,
  /** What Teal is to keep apart in this cluster (TEAL_ENVIRONMENTS). */
  environments: unique(z.array(environmentName).min(1)).optional(),
  account: z.string().regex(/^[0-9]{12}$/, { error: "expected the account's twelve digits, in quotes" }),
  /** Tenants get `<tenant>.<environment>.<name>`; `zone` is the public hosted zone of it. */
  domain: z.strictObject({
    name: dnsName,
    zone: z.string().regex(/^Z[A-Z0-9]{5,31}$/, { error: "expected the id of a hosted zone, such as Z0123456789ABC" }),
  }),
  /** Whether what holds data or carries tenants can be deleted or replaced at all. */
  protect: z.boolean().default(true),
  network: network.prefault({}),
  cluster,
  registry,
  edge: edge.prefault({}),
  monitoring,
  logs: logs.prefault({}),
  security: security.prefault({}),
  costs,
  controlPlane,
});

export type PlatformConfig = Omit<z.infer<typeof schema>, "environments"> & {
  environments: string[];
  region: string;
};
