import { z } from "zod";

export const clusterView = z
  .object({
    generation: z.int().meta({ description: "Counts the tenant's clusters, from 1" }),
    identifier: z.string().meta({ description: "What AWS calls it", example: "production-acme-2" }),
    state: z.enum(["in-use", "waiting", "ending"]).meta({
      description:
        "`waiting`: kept, and paid for, until its removal is confirmed; `ending`: its removal has begun, and can be confirmed once more where it did not end",
    }),
    adopted: z
      .literal(true)
      .optional()
      .meta({ description: "It was there before the tenant: it is let go by forgetting it, and never deleted" }),
    restore: z.uuid().optional().meta({ description: "The restore that had it made" }),
    restoredFrom: z
      .object({
        snapshot: z.string().optional(),
        cluster: z.string().optional(),
        at: z.string().optional().meta({ description: "What of that cluster's past" }),
      })
      .optional()
      .meta({ description: "What its data was when it was made; absent: it began empty" }),
  })
  .meta({ id: "DataCluster", description: "A database cluster of the tenant's own" });
export type ClusterView = z.infer<typeof clusterView>;

const generations = z
  .array(z.int().min(1))
  .min(1)
  .optional()
  .meta({ description: "Generations of clusters to remove; absent: all that aren't in use", example: [1] });

export const confirmSource = z.strictObject({ clusters: generations }).meta({ id: "RestoreConfirmationSource" });
export type ConfirmSource = z.infer<typeof confirmSource>;

export const newConfirmation = z
  .strictObject({
    clusters: generations,
    plan: z.string().min(1).max(64).meta({
      description: "Of the preview: what was shown is what is done",
      example: "0123456789abcdef",
    }),
    reason: z.string().trim().min(1).max(500).meta({ example: "the restored data is right" }),
  })
  .meta({ id: "NewRestoreConfirmation" });
export type NewConfirmation = z.infer<typeof newConfirmation>;

export const confirmPreview = z
  .object({
    plan: z.string().meta({ description: "What POST …/restore/confirm takes" }),
    inUse: clusterView,
    removed: z.array(
      clusterView.extend({
        lastSnapshot: z.string().optional().meta({
          description:
            "Taken before it is deleted; it stays. Absent: an adopted one, which is forgotten and stays itself",
          example: "production-acme-1-7a0c2c1e-last",
        }),
      }),
    ),
    notes: z.array(z.string()).meta({ description: "What else a person should know before" }),
  })
  .meta({ id: "RestoreConfirmationPreview", description: "What confirming would remove; nothing was done." });
export type ConfirmPreview = z.infer<typeof confirmPreview>;
