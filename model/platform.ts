import { z } from "zod";
import { environmentName } from "./environment.ts";
import { TealError } from "./errors.ts";
import { routings } from "./routing.ts";
import { tiers } from "./tenant.ts";

const text = z.string().min(1);
const arn = z.string().regex(/^arn:aws[a-z-]*:[a-z0-9-]+:/, { error: "expected an ARN" });
const ids = z.array(text).min(1);

/**
 * What the platform stack gives to the stacks that stand on it, read by stack reference. A field is never taken away or given
 * another meaning within one `contract`; new ones may come.
 */
export const platformOutputs = z.object({
  contract: z.literal(1),
  region: text,
  account: z.string().regex(/^[0-9]{12}$/),
  /** Of the platform itself, and those that Teal keeps apart in its cluster. */
  environment: environmentName,
  environments: z.array(environmentName).min(1),
  domain: z.object({ name: text, zone: text }),
  network: z.object({ vpc: text, cidr: text, privateSubnets: ids, dataSubnets: ids }),
  cluster: z.object({
    name: text,
    /** Tells the cluster from any other: another one means another cluster. */
    identifier: arn,
    nodeSecurityGroup: text,
    compute: z.enum(["managed", "auto", "fargate", "existing"]),
    /** How pods get rights in AWS. With `irsa` a role has to trust this provider for the issuer's subject. */
    identity: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("pod-identity") }),
      z.object({ kind: z.literal("irsa"), provider: arn, issuer: text }),
    ]),
    packetIsolation: z.object({ enforced: z.boolean(), tiers: z.array(z.enum(tiers)) }),
    /** What is another team's to install there; empty in a cluster of ours. */
    notOurs: z.array(text),
    /** Most pods that any Deployment of Teal's may have; null: as the tenants' quotas say. */
    maxReplicas: z.int().nullable(),
  }),
  /** Repository of each application. */
  registries: z.record(text, text),
  /** What splits tenants' traffic; with `alb-ingress` there is no Gateway. */
  routing: z.enum(routings).default("gateway"),
  gateway: z.object({ namespace: text, name: text }),
  loadBalancer: z.object({ arn, dnsName: text, hostedZone: text, listener: arn, securityGroup: text }),
  /** Keys by purpose. */
  keys: z.object({ data: arn, logs: arn, registry: arn, signing: arn }),
  /** SNS topic by which people are told of alerts. */
  alerts: z.object({ topic: arn }),
  /** Where Teal keeps stacks: for a plain CLI. */
  state: z.object({ backendUrl: text }),
});
export type PlatformOutputs = z.infer<typeof platformOutputs>;

/** The outputs of a platform stack. Throws TealError `platform_outputs_invalid` that names each field and what is wrong with it. */
export function readPlatformOutputs(outputs: unknown): PlatformOutputs {
  const parsed = platformOutputs.safeParse(outputs);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.map(String).join(".") || "outputs"}: ${issue.message}`,
  );
  throw new TealError(
    "platform_outputs_invalid",
    `Expected the outputs of a platform stack of contract 1: ${problems.join("; ")}. Bring it up to date (pulumi up), or see which stack the reference names.`,
    { data: { problems } },
  );
}
