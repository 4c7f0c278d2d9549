import { z } from "zod";
import { colors, type Color } from "../model/color.ts";
import { environmentName } from "../model/environment.ts";
import { suspensions } from "../model/layout.ts";
import { newRelease, version } from "../model/release.ts";
import { mostReplicas, newTenant, tenantId, tiers } from "../model/tenant.ts";
import { weightsSchema } from "../model/weights.ts";

const { web, background } = newRelease.shape.components.unwrap().shape;
const settings = newTenant.shape;

export const slotSpec = z.strictObject({
  release: version,
  image: newRelease.shape.image,
  tier: z.enum(tiers),
  /** `full`: as many web pods as the tier says. `idle`: as many as a warm backup needs. `none`: no pods at all. */
  scale: z.enum(["full", "idle", "none"]),
  /** Web pods at scale `idle`, at most as many as the tier gives a full slot; absent: one. */
  idleReplicas: z.int().min(0).max(20).optional(),
  /** Counts restarts; another count rolls the pods. Absent: none. */
  restarts: z.int().min(1).optional(),
  /** Revision of the tenant's settings that the pods get; a new one rolls them. */
  revision: z.int().min(0),
  web: web.unwrap(),
  background,
  /** Where its pods find the tenant's volume. */
  volume: newRelease.shape.volume,
  config: settings.config.unwrap(),
  flags: settings.flags.unwrap(),
  secrets: settings.secrets.unwrap(),
});
/** What one color's copy is made of. */
export type SlotSpec = z.infer<typeof slotSpec>;

export const tenantSpec = z
  .strictObject({
    environment: environmentName,
    id: tenantId,
    name: settings.name,
    tier: z.enum(tiers),
    /** Every host name that the route answers to, the one that Teal gives it among them. */
    hostnames: z.array(z.string().min(1).max(253)).min(1).max(21),
    live: z.enum(colors),
    /** The color in which background components run. */
    background: z.enum(colors),
    weights: weightsSchema,
    blue: slotSpec.nullable(),
    green: slotSpec.nullable(),
    /** What serves as the copy of a color that has no slot: a Service that is there already. Absent: nothing. */
    adopted: z
      .strictObject({
        color: z.enum(colors),
        namespace: z.string().min(1).max(63),
        service: z.string().min(1).max(63),
        port: z.int().min(1).max(65_535),
      })
      .optional(),
    /** While set, requests with the token in the preview header go to `color`, whatever the weights. */
    preview: z.strictObject({ color: z.enum(colors), token: z.string().min(8).max(200) }).nullable(),
    /** Web pods of a full slot, whatever the tier says; absent: as it says. */
    replicas: z.int().min(1).max(mostReplicas).optional(),
    /** `closed`: no requests are served. `stopped`: no pods run either. Absent: neither. */
    suspended: z.enum(suspensions).optional(),
    /** It is suspended for work on it. */
    maintenance: z.literal(true).optional(),
    /** A user stays with a color while its share doesn't fall. */
    affinity: z.literal("cookie").optional(),
    /** GiB of the volume for the tenant's data; absent: it has none. */
    volume: z.int().min(1).max(65_536).optional(),
    /** Release whose migration the data has been through last: kept here too, since data outlives a lost ledger. */
    schema: version.optional(),
    /** A Job runs the migration of the release in `color`; another `run` is another Job. */
    migration: z
      .strictObject({
        color: z.enum(colors),
        run: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/),
        command: z.array(z.string()).min(1),
        /** Until it is given up. */
        seconds: z.int().min(1),
      })
      .optional(),
    /** Stack of project `tenant-data` that says what the tenant has on AWS, as a stack reference names it; absent: nothing there. */
    data: z.string().min(1).max(300).optional(),
    /** Absent: a Gateway splits the traffic. Else an AWS load balancer does, whose rules are made of Ingresses of this class. */
    routing: z
      .strictObject({
        kind: z.literal("alb-ingress"),
        class: z.string().min(1).max(63),
        /** Ranges that the load balancer's addresses are in, and no pod's: from there requests come. */
        cidrs: z.array(z.cidrv4()).min(1),
      })
      .optional(),
    /** The Gateway that the route is attached to. */
    gateway: z.strictObject({ name: z.string().min(1), namespace: z.string().min(1) }),
    /** Kubeconfig context (absent: its current one) and a stable id: another one means another cluster. */
    cluster: z.strictObject({ context: z.string().min(1).optional(), identifier: z.string().min(1) }),
  })
  .superRefine((spec, ctx) => {
    const needed: [Color, string[]][] = [[spec.live, ["live"]]];
    for (const color of colors) if (spec.weights[color] > 0) needed.push([color, ["weights", color]]);
    if (spec.migration) needed.push([spec.migration.color, ["migration", "color"]]);
    if (spec.preview) needed.push([spec.preview.color, ["preview", "color"]]);
    if (spec.maintenance && !spec.suspended)
      ctx.addIssue({ code: "custom", path: ["maintenance"], message: "expected only with suspended" });
    if (spec.routing && spec.affinity)
      ctx.addIssue({ code: "custom", path: ["affinity"], message: "expected none with routing alb-ingress" });
    // In a condition of the load balancer's * and ? stand for others.
    if (spec.routing && spec.preview && !/^[A-Za-z0-9_-]{8,128}$/.test(spec.preview.token))
      ctx.addIssue({
        code: "custom",
        path: ["preview", "token"],
        message: "expected letters, digits, - and _, at most 128, with routing alb-ingress",
      });
    if (spec.adopted && spec[spec.adopted.color] !== null)
      ctx.addIssue({ code: "custom", path: ["adopted"], message: `expected no ${spec.adopted.color} slot beside it` });
    if (spec.adopted && spec.routing)
      ctx.addIssue({ code: "custom", path: ["adopted"], message: "expected none with routing alb-ingress" });
    for (const [color, path] of needed) {
      const adopted = spec.adopted?.color === color && path[0] !== "migration";
      if (spec[color] === null && !adopted) ctx.addIssue({ code: "custom", path, message: `expected a ${color} slot` });
    }
  });

/** All that the tenant program needs, and exactly what goes into stack config. */
export type TenantSpec = z.infer<typeof tenantSpec>;
