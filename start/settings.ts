import { resolve } from "node:path";
import { z } from "zod";
import { environmentName } from "../model/environment.ts";
import { type Pace, paces } from "../model/policy.ts";
import { mostReferences, spareSlots } from "../tenant/plan/certificates/quotas.ts";
import { albQuotas, routings } from "../model/routing.ts";
import { albProblems } from "./albSettings.ts";
import { stateProblems } from "./stateSettings.ts";

const anyPort = z
  .string()
  .regex(/^\d{1,5}$/, { error: "expected a port number from 0 (choose one) to 65535" })
  .transform(Number)
  .refine((n) => n <= 65_535, { error: "expected a port number from 0 (choose one) to 65535" });
const port = (preset: number) => anyPort.prefault(String(preset));
const oneOf = <const T extends string[]>(...values: T) => z.enum(values, { error: `expected ${values.join(" | ")}` });
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `expected a URL that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  });
const quota = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,4}$/, { error: "expected a number from 1 to 99999" })
    .transform(Number)
    .prefault(String(most));
const ranges = z
  .string()
  .transform((list) => list.split(",").map((range) => range.trim()))
  .refine((list) => list.every((range) => z.cidrv4().safeParse(range).success), {
    error: "expected IPv4 ranges with commas between, such as 10.64.48.0/22",
  });
const environments = z
  .string()
  .transform((list) => list.split(",").map((name) => name.trim()))
  .pipe(z.array(environmentName).min(1))
  .refine((names) => new Set(names).size === names.length, { error: "expected each environment once" });

/** `production=arn:…,staging=arn:…`: by environment, in their order. */
const listeners = z
  .string()
  .regex(/^[a-z][a-z0-9]*=arn:[^,=\s]+(,[a-z][a-z0-9]*=arn:[^,=\s]+)*$/, {
    error: "expected ARNs of HTTPS listeners by environment, such as production=arn:aws:elasticloadbalancing:…",
  })
  .transform((text) => text.split(",").map((one) => one.split("=") as [environment: string, arn: string]));

const schema = z.object({
  PORT: port(4000),
  GATEWAY_PORT: port(4080),
  GATEWAY_TLS_PORT: anyPort.optional(),
  TEAL_DATA: z.string().min(1).prefault(".teal"),
  DATABASE_URL: url("postgres:", "postgresql:").optional(),
  TEAL_ENVIRONMENTS: environments.prefault("develop,staging,production"),
  TEAL_TARGET: oneOf("sandbox", "kubernetes", "aws").default("sandbox"),
  KUBECONFIG: z.string().min(1).optional(),
  TEAL_KUBE_CONTEXT: z.string().min(1).optional(),
  TEAL_ENGINE: oneOf("embedded", "cli").optional(),
  PULUMI_BACKEND_URL: z.string().min(1).optional(),
  PULUMI_CONFIG_PASSPHRASE: z.string().min(1).optional(),
  TEAL_LISTEN: z.string().min(1).prefault("127.0.0.1"),
  TEAL_TOKEN: z.string().min(16, { error: "expected at least 16 characters" }).optional(),
  TEAL_ALERTS_TOKEN: z.string().min(16, { error: "expected at least 16 characters" }).optional(),
  TEAL_ROLE: oneOf("all", "server", "worker").default("all"),
  TEAL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+$/, { error: "expected a domain name" })
    .prefault("localhost"),
  TEAL_GATEWAY: z
    .string()
    .regex(/^[^/]+\/[^/]+$/, { error: "expected namespace/name of a Gateway" })
    .prefault("teal-system/teal"),
  TEAL_GATEWAY_URL: url("http:", "https:").optional(),
  TEAL_GATEWAY_METRICS: url("http:", "https:").optional(),
  TEAL_GATEWAY_AFFINITY: oneOf("none", "cookie").optional(),
  TEAL_ROUTING: oneOf(...routings).default("gateway"),
  TEAL_ALB_LISTENER: z
    .string()
    .regex(/^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:listener\/app\/\S+$/, {
      error: "expected the ARN of an Application Load Balancer's listener",
    })
    .optional(),
  TEAL_ALB_CIDRS: ranges.optional(),
  TEAL_ALB_TARGET_GROUPS: quota(albQuotas.targetGroups),
  TEAL_ALB_RULES: quota(albQuotas.rules),
  TEAL_INGRESS_CLASS: z.string().min(1).prefault("teal-tenants"),
  TEAL_PROMETHEUS_URL: url("http:", "https:").optional(),
  TEAL_HTTPS_LISTENERS: listeners.optional(),
  TEAL_DNS_ZONE: z
    .string()
    .regex(/^[A-Z0-9]{1,32}$/, { error: "expected the id of a hosted zone of Route 53, such as Z0123456789ABCDEFGHIJ" })
    .optional(),
  TEAL_CERTIFICATE_ISSUER: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, { error: "expected the name of a ClusterIssuer of cert-manager" })
    .optional(),
  TEAL_CERTIFICATE_QUOTAS: z
    .string()
    .regex(/^[1-9]\d{0,2},[1-9]\d{0,2}$/, {
      error: "expected names per certificate and certificates per listener, such as 10,25",
    })
    .transform((text) => text.split(",").map(Number) as [number, number])
    .optional(),
  TEAL_VOLUMES: z.string().min(1).optional(),
  TEAL_BACKUPS: z.string().min(1).optional(),
  TEAL_PLATFORM: z.string().min(1).optional(),
  TEAL_DATA_TIERS: z.string().min(1).optional(),
  TEAL_SHARED_DATABASE_URL: url("postgres:", "postgresql:").optional(),
  TEAL_BACKUP_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: "expected the name of an S3 bucket" })
    .optional(),
  TEAL_BACKUP_COPY_KEY: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/, {
      error: "expected the ARN of a KMS key in another region",
    })
    .optional(),
  TEAL_PREVIEW_PORT: port(0),
  TEAL_PREVIEW_URL: url("http:", "https:").optional(),
  TEAL_METRICS_PORT: port(0),
  TEAL_STACK_THREADS: z
    .string()
    .regex(/^[1-9]\d?$/, { error: "expected a number from 1 to 99" })
    .optional(),
  TEAL_PACE: oneOf(...paces).optional(),
  TEAL_PUBLIC_URL: url("http:", "https:").optional(),
  TEAL_WEBHOOK_ALLOW_PRIVATE: oneOf("true", "false").default("false"),
  TEAL_DYNAMODB_TABLE: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,255}$/, { error: "expected the name of a DynamoDB table" })
    .optional(),
  TEAL_LOG: oneOf("fatal", "error", "warn", "info", "debug").default("info"),
});

/** Names of all settings, in the order of docs/settings.md. */
export const settingNames = Object.keys(schema.shape);

/** What Teal was started with; docs/settings.md says what each means. */
export interface Settings extends z.infer<typeof schema> {
  GATEWAY_TLS_PORT: number;
  TEAL_ENGINE: "embedded" | "cli";
  TEAL_PACE: Pace;
  TEAL_GATEWAY_AFFINITY: "none" | "cookie";
}

/** Addresses that only this machine can reach. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^127(\.\d{1,3}){3}$/.test(address);
}

/** Reads and validates the settings. Gives one line per problem instead where there are any. */
export function readSettings(env: NodeJS.ProcessEnv): { settings: Settings } | { problems: string[] } {
  // An empty variable is an unset one: that is how shells and compose files clear them.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => describe(issue, given)) };
  const { data } = parsed;
  const settings: Settings = {
    ...data,
    TEAL_DATA: resolve(data.TEAL_DATA),
    ...(data.TEAL_VOLUMES && { TEAL_VOLUMES: resolve(data.TEAL_VOLUMES) }),
    ...(data.TEAL_BACKUPS && { TEAL_BACKUPS: resolve(data.TEAL_BACKUPS) }),
    // Whoever lets one port be chosen has no use for a fixed other one.
    GATEWAY_TLS_PORT: data.GATEWAY_TLS_PORT ?? (data.GATEWAY_PORT === 0 ? 0 : 4443),
    TEAL_ENGINE: data.TEAL_ENGINE ?? (data.TEAL_TARGET === "sandbox" ? "embedded" : "cli"),
    TEAL_GATEWAY_AFFINITY: data.TEAL_GATEWAY_AFFINITY ?? (data.TEAL_TARGET === "sandbox" ? "cookie" : "none"),
    TEAL_PACE: data.TEAL_PACE ?? (data.TEAL_TARGET === "sandbox" ? "demo" : "production"),
  };
  const problems = contradictions(settings);
  return problems.length > 0 ? { problems } : { settings };
}

const secret = [
  "PULUMI_CONFIG_PASSPHRASE",
  "TEAL_TOKEN",
  "TEAL_ALERTS_TOKEN",
  "DATABASE_URL",
  "TEAL_SHARED_DATABASE_URL",
];

function describe(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  const came = secret.includes(name) ? "" : `, got ${JSON.stringify(given[name])}`;
  return `${name}: ${issue.message}${came}.`;
}

function contradictions(s: Settings): string[] {
  const problems: string[] = [];
  if (!isLoopback(s.TEAL_LISTEN) && !s.TEAL_TOKEN) {
    problems.push(`TEAL_TOKEN: expected one, since TEAL_LISTEN=${s.TEAL_LISTEN} lets other machines in.`);
  }
  if (s.TEAL_ALERTS_TOKEN !== undefined && s.TEAL_ALERTS_TOKEN === s.TEAL_TOKEN) {
    problems.push("TEAL_ALERTS_TOKEN: expected another than TEAL_TOKEN: Alertmanager is to have no right but its own.");
  }
  if (s.PORT !== 0 && s.PORT === s.GATEWAY_PORT) {
    problems.push(`GATEWAY_PORT: expected another port than PORT, got ${s.PORT} for both.`);
  }
  const ports = [s.PORT, s.GATEWAY_PORT].filter((one) => one !== 0);
  if (s.TEAL_TARGET === "sandbox" && ports.includes(s.GATEWAY_TLS_PORT)) {
    problems.push(`GATEWAY_TLS_PORT: expected another port than PORT and GATEWAY_PORT, got ${s.GATEWAY_TLS_PORT}.`);
  }
  problems.push(...ofCertificates(s));
  if (s.TEAL_TARGET !== "sandbox") {
    if (!s.KUBECONFIG)
      problems.push(`KUBECONFIG: expected the path of a kubeconfig, since TEAL_TARGET=${s.TEAL_TARGET}.`);
    if (!s.PULUMI_CONFIG_PASSPHRASE) {
      problems.push(`PULUMI_CONFIG_PASSPHRASE: expected one, since TEAL_TARGET=${s.TEAL_TARGET}.`);
    }
  }
  problems.push(...dataContradictions(s));
  if ((s.TEAL_VOLUMES === undefined) !== (s.TEAL_BACKUPS === undefined)) {
    problems.push("TEAL_BACKUPS: expected TEAL_VOLUMES and TEAL_BACKUPS, or neither: what is backed up, and where to.");
  }
  if (s.TEAL_TARGET === "sandbox" && s.TEAL_VOLUMES) {
    problems.push("TEAL_VOLUMES: expected none, since the sandbox has its volumes in its own data directory.");
  }
  if (s.TEAL_DYNAMODB_TABLE && s.TEAL_TARGET !== "aws") {
    problems.push(`TEAL_DYNAMODB_TABLE: expected none, since TEAL_TARGET=${s.TEAL_TARGET}; it goes with aws.`);
  }
  return [...problems, ...stateProblems(s), ...albProblems(s)];
}

function ofCertificates(s: Settings): string[] {
  const problems: string[] = [];
  if ((s.TEAL_HTTPS_LISTENERS === undefined) !== (s.TEAL_DNS_ZONE === undefined))
    problems.push("TEAL_DNS_ZONE: expected TEAL_HTTPS_LISTENERS and TEAL_DNS_ZONE, or neither.");
  if (s.TEAL_HTTPS_LISTENERS && s.TEAL_TARGET !== "aws")
    problems.push(`TEAL_HTTPS_LISTENERS: expected none, since TEAL_TARGET=${s.TEAL_TARGET}.`);
  const unknown = s.TEAL_HTTPS_LISTENERS?.find(([environment]) => !s.TEAL_ENVIRONMENTS.includes(environment));
  if (unknown)
    problems.push(
      `TEAL_HTTPS_LISTENERS: expected environments of TEAL_ENVIRONMENTS, got ${JSON.stringify(unknown[0])}.`,
    );
  const counts = [...Map.groupBy(s.TEAL_HTTPS_LISTENERS ?? [], ([environment]) => environment).values()];
  if (new Set(counts.map(({ length }) => length)).size > 1)
    problems.push("TEAL_HTTPS_LISTENERS: expected as many listeners of each environment that has any.");
  if (s.TEAL_CERTIFICATE_ISSUER && s.TEAL_TARGET !== "kubernetes")
    problems.push(`TEAL_CERTIFICATE_ISSUER: expected none, since TEAL_TARGET=${s.TEAL_TARGET}.`);
  const [, certificates] = s.TEAL_CERTIFICATE_QUOTAS ?? [];
  const all = s.TEAL_ENVIRONMENTS.length * (certificates ?? spareSlots + 1);
  const onGateway = s.TEAL_CERTIFICATE_ISSUER !== undefined || s.TEAL_TARGET === "sandbox";
  if (onGateway && all > mostReferences)
    problems.push(
      certificates === undefined
        ? `TEAL_ENVIRONMENTS: expected at most ${Math.floor(mostReferences / (spareSlots + 1))} for certificates, got ${s.TEAL_ENVIRONMENTS.length}: they share one listener of a Gateway, which has ${mostReferences} certificates, and each needs ${spareSlots + 1}. Have another Teal, with a Gateway of its own, for the others.`
        : `TEAL_CERTIFICATE_QUOTAS: expected at most ${Math.floor(mostReferences / s.TEAL_ENVIRONMENTS.length)} certificates per listener, got ${certificates}: ${s.TEAL_ENVIRONMENTS.length} environments share one listener of a Gateway, which has ${mostReferences}.`,
    );
  if (certificates !== undefined && certificates <= spareSlots)
    problems.push(
      `TEAL_CERTIFICATE_QUOTAS: expected more than ${spareSlots} certificates per listener, which are kept free for changes; got ${certificates}.`,
    );
  return problems;
}

/** What tenants have on AWS: the platform says where, and only the Pulumi CLI can make it. */
function dataContradictions(s: Settings): string[] {
  const { TEAL_PLATFORM, TEAL_TARGET, TEAL_ENGINE } = s;
  if (TEAL_PLATFORM === undefined) {
    const alone = (
      ["TEAL_DATA_TIERS", "TEAL_SHARED_DATABASE_URL", "TEAL_BACKUP_BUCKET", "TEAL_BACKUP_COPY_KEY"] as const
    ).filter((name) => s[name] !== undefined);
    return alone.map((name) => `${name}: expected none without TEAL_PLATFORM, which says where tenants' data is kept.`);
  }
  return [
    ...(TEAL_TARGET === "aws"
      ? []
      : [`TEAL_PLATFORM: expected none, since TEAL_TARGET=${TEAL_TARGET} has nothing on AWS.`]),
    ...(TEAL_ENGINE === "cli"
      ? []
      : ["TEAL_ENGINE: expected cli with TEAL_PLATFORM: the embedded engine makes nothing on AWS."]),
    ...(s.TEAL_BACKUP_BUCKET && s.TEAL_VOLUMES
      ? ["TEAL_BACKUP_BUCKET: expected none with TEAL_VOLUMES: what tenants have on AWS is backed up, or volumes."]
      : []),
    ...(s.TEAL_BACKUP_COPY_KEY && !s.TEAL_BACKUP_BUCKET
      ? ["TEAL_BACKUP_COPY_KEY: expected none without TEAL_BACKUP_BUCKET, which has backups kept at all."]
      : []),
  ];
}
