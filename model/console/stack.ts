import { z } from "zod";
import { environmentName } from "../environment.ts";
import { tenantId } from "../tenant.ts";

const time = z.iso.datetime();

/** The most that is answered with. */
export const stackLimits = { resources: 1000, updates: 20 } as const;

export const stackResource = z
  .object({
    urn: z.string(),
    type: z.string().meta({ example: "kubernetes:apps/v1:Deployment" }),
    name: z.string(),
    parent: z.string().nullable().meta({ description: "URN of the one that it is below" }),
    id: z.string().optional().meta({ description: "The provider's id", example: "production-acme/blue-web" }),
    state: z.enum(["ok", "pending", "incomplete", "deleting"]).meta({
      description:
        "`pending`: the end of an operation on it is not known; `incomplete`: made, but not as it should be; `deleting`: replaced, and still to be deleted",
    }),
    pending: z.string().optional().meta({ description: "The operation whose end is not known", example: "creating" }),
    errors: z.array(z.string()).optional().meta({ description: "Why it is incomplete" }),
    protect: z.boolean(),
  })
  .meta({ id: "StackResource" });
export type StackResource = z.infer<typeof stackResource>;

export const stackUpdate = z
  .object({
    version: z.int(),
    kind: z.string().meta({ example: "update" }),
    result: z.string().meta({ example: "succeeded" }),
    startedAt: time,
    endedAt: time.nullable(),
    message: z.string(),
    operation: z.uuid().optional().meta({ description: "The operation that it was a part of" }),
    changes: z.record(z.string(), z.int()).meta({ description: "How many resources went through each operation" }),
  })
  .meta({ id: "StackUpdate" });
export type StackUpdate = z.infer<typeof stackUpdate>;

export const stackView = z
  .object({
    environment: environmentName,
    tenant: tenantId,
    name: z.string().meta({ example: "organization/tenant/production.acme" }),
    backend: z.string().meta({ description: "Where Pulumi keeps its state" }),
    command: z.string().meta({ description: "Opens it by the plain Pulumi CLI, in the folder `tenant/`" }),
    changedAt: time.nullable().meta({ description: "When its state was last written" }),
    resources: z.array(stackResource).meta({ description: "Parents before their children" }),
    more: z.boolean().meta({ description: "There are more resources than are listed" }),
    outputs: z.array(
      z.object({
        name: z.string(),
        secret: z.boolean(),
        value: z.unknown().meta({ description: "Null where secret" }),
      }),
    ),
    updates: z.array(stackUpdate).meta({ description: "The last ones, newest first" }),
  })
  .meta({ id: "Stack", description: "A tenant's stack as Pulumi has it" });
export type StackView = z.infer<typeof stackView>;
