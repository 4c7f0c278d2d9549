import { z } from "zod";
import { tenantId } from "./tenant.ts";

const time = z.iso.datetime();

export const certificateStates = ["requested", "issued", "failed"] as const;

/** A DNS record that shows who a host name belongs to. */
export const validationRecord = z
  .object({
    name: z.string().meta({ example: "_0a1b2c3d.shop.example.com" }),
    type: z.enum(["CNAME", "TXT"]),
    value: z.string().meta({ example: "_4e5f6a7b.validations.example.net" }),
  })
  .meta({
    id: "ValidationRecord",
    description: "A DNS record that shows that a host name's owner wants it served here",
  });
export type ValidationRecord = z.infer<typeof validationRecord>;

/** What is known of one name of a certificate. */
export const validationOfName = z.object({
  hostname: z.string(),
  validated: z.boolean(),
  record: validationRecord.nullable(),
});
export type ValidationOfName = z.infer<typeof validationOfName>;

export const waitCodes = ["over_quota", "requesting", "record", "validation", "failed", "attaching"] as const;
export type WaitCode = (typeof waitCodes)[number];

export const hostnameView = z
  .object({
    hostname: z.string(),
    tenant: tenantId,
    own: z.boolean().meta({ description: "Teal makes its records itself; else it is a custom domain" }),
    state: z.enum(["served", "waiting"]).meta({ description: "Whether a valid certificate is served for it" }),
    expiresAt: time.nullable().meta({ description: "Of the certificate that is served" }),
    certificate: z.string().nullable().meta({ description: "Id of the one that is served, or else of the newest" }),
    waits: z
      .object({ code: z.enum(waitCodes), message: z.string(), since: time })
      .nullable()
      .meta({ description: "Why it waits for a certificate, or for a newer one" }),
    record: validationRecord.nullable().meta({ description: "What its owner has to set, where that is waited for" }),
  })
  .meta({ id: "Hostname" });
export type HostnameView = z.infer<typeof hostnameView>;

export const hostnamesView = z
  .object({ items: z.array(hostnameView) })
  .meta({ id: "Hostnames", description: "A tenant's host names, the one that Teal gave first" });
export type HostnamesView = z.infer<typeof hostnamesView>;

export const certificateView = z
  .object({
    id: z.string().meta({ description: "Rises with each request" }),
    names: z.array(z.string()),
    state: z.enum(certificateStates),
    requestedAt: time,
    expiresAt: time.nullable(),
    attached: z.object({ listener: z.int(), at: time }).nullable().meta({ description: "Served since, and where" }),
    waits: z.string().nullable().meta({ description: "Why it is not issued" }),
    records: z
      .array(validationOfName)
      .meta({ description: "Of custom domains: what their owners have to set, and what has been seen" }),
  })
  .meta({ id: "Certificate" });
export type CertificateView = z.infer<typeof certificateView>;

export const certificatesView = z
  .object({
    provider: z
      .enum(["sandbox", "acm", "cert-manager"])
      .nullable()
      .meta({ description: "Who issues them; null: nothing is set up to" }),
    problem: z
      .object({ message: z.string(), since: time })
      .nullable()
      .meta({ description: "Why the provider can't be worked with" }),
    hostnames: z.object({
      wanted: z.int(),
      served: z.int().meta({ description: "Those that a valid certificate is served for" }),
      room: z.int().nullable().meta({ description: "How many the quotas have room for" }),
    }),
    waiting: z.array(hostnameView).meta({ description: "Host names that wait, the first hundred" }),
    items: z.array(certificateView).meta({ description: "Newest first" }),
    next: z.string().optional(),
  })
  .meta({ id: "Certificates" });
export type CertificatesView = z.infer<typeof certificatesView>;

export const certificateConcernCodes = [
  "certificate_expiring",
  "certificate_failed",
  "certificate_record",
  "certificate_quota",
  "certificate_provider",
] as const;

/** Something about certificates that a person has to be told. */
export const certificateConcern = z.strictObject({
  code: z.enum(certificateConcernCodes),
  message: z.string(),
  hostnames: z.array(z.string()).meta({ description: "The first few" }),
});
export type CertificateConcern = z.infer<typeof certificateConcern>;

/** One of a tenant, or (tenant null) of the whole environment. */
export type ConcernOf = CertificateConcern & { tenant: string | null };
