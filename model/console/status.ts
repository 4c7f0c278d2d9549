import { z } from "zod";

const time = z.iso.datetime();

export const partNames = ["database", "queue", "workers", "cluster", "gateway", "alertmanager"] as const;
export type PartName = (typeof partNames)[number];

export const partView = z.object({
  name: z.enum(partNames),
  ok: z.boolean(),
  problem: z.string().optional().meta({ description: "Why not, in one line" }),
  since: time.meta({ description: "Since when it is so, as far back as this server has looked" }),
});
export type PartView = z.infer<typeof partView>;

export const workerView = z.object({
  name: z.string().meta({ description: "Its host, data directory, process and when that began" }),
  version: z.string(),
  startedAt: time,
  seenAt: time.meta({ description: "When it last reported, which it does every few seconds" }),
  alive: z.boolean(),
  operations: z.int().meta({ description: "Operations that it holds" }),
});
export type WorkerView = z.infer<typeof workerView>;

export const statusView = z
  .object({
    at: time,
    ok: z.boolean(),
    version: z.string(),
    target: z.enum(["sandbox", "kubernetes", "aws"]),
    engine: z.enum(["embedded", "cli"]),
    startedAt: time.meta({ description: "When the server that answers was started" }),
    parts: z.array(partView),
    workers: z.array(workerView),
    alerts: z
      .object({
        heard: time.nullable().meta({ description: "When Alertmanager's watchdog last came; null: never" }),
        firing: z.int().meta({ description: "Alerts that fire, whatever they are about" }),
      })
      .nullable()
      .meta({ description: "Null where TEAL_ALERTS_TOKEN is not set, or the database does not answer" }),
    queue: z
      .object({
        waiting: z.int().meta({ description: "Operations that could begin and that no worker has taken yet" }),
        oldest: time.nullable().meta({ description: "Since when the longest of them waits" }),
        held: z.int().meta({ description: "Held up by a freeze, a maintenance window or a stopped environment" }),
        resting: z.int().meta({ description: "Paused, halted, or at a gate: a person has to act" }),
        underWay: z.int().meta({ description: "All the others" }),
      })
      .nullable()
      .meta({ description: "Operations that have not ended; null where the database does not answer" }),
    deployments: z
      .object({
        table: z.string(),
        waiting: z.int().meta({ description: "Tenants whose state is still to be written" }),
        oldest: time.nullable().meta({ description: "Since when the longest of them waits" }),
      })
      .optional()
      .meta({ description: "The DynamoDB table that the state of deployments is kept in, where there is one" }),
  })
  .meta({ id: "Status", description: "Teal itself" });
export type StatusView = z.infer<typeof statusView>;
