import { z } from "zod";
import { foundData, wantedData } from "./adoptedData.ts";
import { newTenant, tenantId } from "./tenant.ts";
import { previewView } from "./views.ts";

const reason = z.string().trim().min(1).max(500);
const namespace = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: "Expected the name of a namespace." })
  .meta({ example: "shop" });

/** A new tenant of what already serves its customers. */
export const newAdoption = newTenant
  .omit({ id: true, release: true })
  .extend({
    release: newTenant.shape.release.optional().meta({
      description: "Makes a copy of this release beside what serves now; absent: what serves now becomes the live slot",
    }),
    from: z
      .strictObject({ namespace, ...wantedData })
      .meta({ description: "Where what serves them now is; it is left as it is" }),
    hostnames: newTenant.shape.hostnames.meta({
      description: "Of those that routes there serve; none: all of them",
    }),
    takesHostnames: z.boolean().default(true).meta({
      description:
        "Takes the host names from the routes there, once Teal's own serves the same; false: a person does that",
    }),
    leavesVolumes: z.boolean().default(false).meta({
      description: "Accepts that no release ever sees what pods there keep on volumes",
    }),
    reason,
  })
  .meta({ id: "NewAdoption" });
export type NewAdoption = z.infer<typeof newAdoption>;

/** What there is in a namespace that Teal has not made. */
export const outsideView = z.object({
  namespace: z.string(),
  workloads: z.array(z.object({ name: z.string(), replicas: z.int(), images: z.array(z.string()) })),
  routes: z.array(
    z.object({
      name: z.string(),
      hostnames: z.array(z.string()),
      createdAt: z.iso.datetime(),
      leadsTo: z
        .object({ service: z.string(), port: z.int() })
        .optional()
        .meta({ description: "Where it leads every request, as it is" }),
      whyNot: z.string().optional().meta({ description: "Why it can't be stood in for, as it does more than that" }),
    }),
  ),
  claims: z.array(z.string()).meta({ description: "Volume claims that pods there use" }),
});
export type OutsideView = z.infer<typeof outsideView>;

export const adoptionPreview = previewView
  .extend({
    tenant: tenantId,
    hostnames: z.array(z.string()).meta({ description: "What the tenant would be reached by" }),
    adopts: z
      .object({ namespace: z.string(), service: z.string(), port: z.int() })
      .optional()
      .meta({ description: "The Service that would be the live slot; absent where a release would be beside it" }),
    takes: z
      .array(z.object({ route: z.string(), hostnames: z.array(z.string()), removed: z.boolean() }))
      .meta({ description: "Host names that would be taken from routes there; `removed`: the route has no others" }),
    found: outsideView,
    data: foundData.optional().meta({ description: "What is there on AWS of what the tenant is to have" }),
    notes: z.array(z.string()).meta({ description: "What else a person should know before" }),
  })
  .meta({
    id: "AdoptionPreview",
    description: "What an adoption would make, and what it leaves as it is; nothing was done.",
  });
export type AdoptionPreview = z.infer<typeof adoptionPreview>;
