import { z } from "zod";
import { environmentName } from "./environment.ts";
import { TealError } from "./errors.ts";
import { tenantId } from "./tenant.ts";

const text = z.string().min(1);
const arn = z.string().regex(/^arn:aws[a-z-]*:[a-z0-9-]+:/, { error: "expected an ARN" });

/** A cluster of the tenant's own, used or not: see tenant/data/spec.ts. */
const heldCluster = z.object({
  generation: z.int().min(1),
  identifier: text,
  arn,
  /** What rights to connect name it by. */
  resourceId: text,
  host: text,
});

/**
 * Output `data` of a tenant's stack of project `tenant-data`: what its pods, and whoever backs it up, have to know. Nothing in it is
 * secret. A field is never taken away or given another meaning within one `contract`; new ones may come.
 */
export const tenantDataOutputs = z.object({
  contract: z.literal(1),
  environment: environmentName,
  tenant: tenantId,
  region: text,
  account: z.string().regex(/^[0-9]{12}$/),
  /** Key that all of it is encrypted with. */
  key: arn,
  /** Role of the tenant's pods; `annotations`: what their service account needs, which is nothing with Pod Identity. */
  role: z.object({
    arn,
    identity: z.enum(["pod-identity", "irsa"]),
    annotations: z.record(text, text),
  }),
  /** Name of the bucket; null: it has none. */
  bucket: text.nullable(),
  /** What the names of its parameters begin with; ends in a slash. */
  parameters: z.string().regex(/^\/.*\/$/, { error: "expected a path that begins and ends in a slash" }),
  /** The database that its pods use, by IAM authentication and TLS; null: it has none. */
  database: z
    .object({
      kind: z.enum(["schema", "cluster"]),
      host: text,
      port: z.int().min(1).max(65_535),
      name: text,
      user: text,
      /** Database and user are those of a cluster that was there before the tenant, or of one made from it: Teal makes neither. */
      adopted: z.boolean().optional(),
    })
    .nullable(),
  /** Its own clusters: that one, and another while a restore is to be confirmed. */
  clusters: z.array(heldCluster),
  /** Addresses in which database and AWS's endpoints are. */
  network: z.object({ cidr: text }),
});
export type TenantDataOutputs = z.infer<typeof tenantDataOutputs>;

/** Output `data` of a tenant-data stack. Throws TealError `tenant_data_outputs_invalid` that names each field and what is wrong. */
export function readTenantDataOutputs(output: unknown): TenantDataOutputs {
  const parsed = tenantDataOutputs.safeParse(output);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join(".") || "data"}: ${message}`,
  );
  throw new TealError(
    "tenant_data_outputs_invalid",
    `Expected output data of a tenant-data stack of contract 1: ${problems.join("; ")}. Configure the tenant, so that Teal brings that stack up to date, or see which stack is referred to.`,
    { data: { problems } },
  );
}
