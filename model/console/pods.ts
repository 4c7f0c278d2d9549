import { z } from "zod";
import { colors } from "../color.ts";
import { environmentName } from "../environment.ts";
import { tenantId } from "../tenant.ts";

const time = z.iso.datetime();

/** The most that is answered with. */
export const podLimits = { pods: 200, events: 50, logPods: 10, lines: 1000, bytes: 262_144 } as const;

const ending = z.object({ exitCode: z.int(), reason: z.string().optional(), at: time.optional() });

export const containerView = z
  .object({
    name: z.string(),
    image: z.string(),
    ready: z.boolean(),
    restarts: z.int(),
    state: z.enum(["running", "waiting", "terminated", "unknown"]),
    reason: z.string().optional().meta({ example: "ImagePullBackOff" }),
    message: z.string().optional(),
    since: time.optional().meta({ description: "Since when it runs, or when it ended" }),
    exitCode: z.int().optional(),
    last: ending.optional().meta({ description: "How the one before it ended" }),
  })
  .meta({ id: "Container" });

export const podView = z
  .object({
    name: z.string(),
    color: z.enum(colors).nullable(),
    component: z.string().nullable().meta({ example: "web" }),
    role: z
      .enum(["live", "other"])
      .nullable()
      .meta({ description: "Whether its color is the live one; null: it has none" }),
    phase: z.string().meta({ example: "Running" }),
    ready: z.boolean(),
    terminating: z.boolean(),
    restarts: z.int(),
    node: z.string().nullable(),
    createdAt: time.nullable(),
    containers: z.array(containerView),
  })
  .meta({ id: "Pod" });
export type PodView = z.infer<typeof podView>;

export const podEvent = z.object({
  at: time.nullable(),
  type: z.string(),
  reason: z.string(),
  object: z.string().meta({ example: "Pod/blue-web-5c9f" }),
  message: z.string(),
  count: z.int(),
});

export const podsView = z
  .object({
    environment: environmentName,
    tenant: tenantId,
    namespace: z.string(),
    at: time,
    items: z.array(podView).max(podLimits.pods),
    more: z.boolean().meta({ description: "There are more pods than are listed" }),
    events: z.array(podEvent).max(podLimits.events).meta({ description: "Of the namespace, newest first" }),
  })
  .meta({ id: "Pods", description: "Pods of a tenant as the cluster has them now" });
export type PodsView = z.infer<typeof podsView>;

export const podLog = z
  .object({
    pod: z.string(),
    color: z.enum(colors).nullable(),
    container: z.string(),
    previous: z.boolean().meta({ description: "Of the container before its last restart" }),
    lines: z.array(z.object({ at: time.nullable(), text: z.string() })).meta({ description: "Oldest first" }),
    truncated: z.boolean().meta({ description: "There is more than could be answered with" }),
    problem: z.string().optional().meta({ description: "Why there is no log" }),
  })
  .meta({ id: "PodLog" });
export type PodLog = z.infer<typeof podLog>;

export const logsView = z
  .object({
    environment: environmentName,
    tenant: tenantId,
    at: time,
    items: z.array(podLog),
    more: z.boolean().meta({ description: "There are more pods than are read; name one" }),
  })
  .meta({ id: "Logs", description: "What pods wrote, with the tenant's secrets masked" });
export type LogsView = z.infer<typeof logsView>;
