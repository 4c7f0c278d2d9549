import { z } from "zod";
import { check } from "./check.ts";
import { provenance } from "./provenance.ts";

export const version = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, {
    error:
      "Expected a version of letters, digits, '.', '_' and '-', starting and ending with a letter or digit, at most 63 characters.",
  })
  .meta({ description: "A release's version", example: "1.0.0" });

const digest = /@sha256:[0-9a-f]{64}$/;
const image = z
  .string()
  .max(500)
  .regex(/^[a-z0-9]+([._:/-][a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$/, {
    error: "Expected an image reference such as registry/name:tag or registry/name@sha256:<64 hex digits>.",
  })
  .refine((i) => digest.test(i) || /:[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(i.slice(i.lastIndexOf("/"))), {
    error: "Expected an image with a tag or a digest: without one it would mean another image every day.",
  })
  .meta({ description: "The application's image, by digest (required on aws) or tag", example: "teal/app:1.0.0" });

const command = z.array(z.string().min(1).max(1000)).min(1).max(50);

const web = z.strictObject({
  command: command.optional(),
  port: z.int().min(1024).max(65535).default(8080).meta({ description: "Where it listens for requests" }),
  healthPath: z
    .string()
    .startsWith("/")
    .max(500)
    .default("/healthz")
    .meta({ description: "Path of its readiness probe" }),
});
const background = z.strictObject({
  command: command.optional(),
  replicas: z.int().min(1).max(20).default(1),
});

export const newRelease = z
  .strictObject({
    version,
    image,
    migration: z
      .strictObject({
        command: command.optional(),
        compatible: z.boolean().meta({ description: "The previous release runs on the schema that it leaves" }),
      })
      .optional(),
    volume: z
      .strictObject({
        path: z
          .string()
          .max(200)
          .regex(/^(\/[A-Za-z0-9_.-]+)+$/, {
            error: "Expected an absolute path such as /data, without a slash at its end.",
          })
          .refine((path) => !path.split("/").some((part) => part === "." || part === ".."), {
            error: "Expected a path without . and .. in it.",
          })
          .refine((path) => path !== "/tmp" && !path.startsWith("/tmp/"), { error: "Expected another path than /tmp." })
          .meta({
            description: "Where both colors find the tenant's data; TEAL_DATA_DIR says it too",
            example: "/data",
          }),
      })
      .optional()
      .meta({ description: "The application keeps data in files: each tenant gets a volume, which outlives releases" }),
    components: z.strictObject({ web: web.prefault({}), background: background.optional() }).prefault({}),
    checks: z
      .array(check)
      .max(20)
      .prefault([{ path: "/" }]),
    provenance: provenance.optional(),
  })
  .meta({ id: "NewRelease" });
export type NewRelease = z.infer<typeof newRelease>;

/** Whether `image` names its content, not just a tag that could move. */
export function hasDigest(image: string): boolean {
  return digest.test(image);
}
