import { z } from "zod";

const count = (most: number) => z.int().min(1).max(most);
/** Slots of listeners that are never filled for good: for a new name's certificate, and for what replaces others. */
export const spareSlots = 3;
/** Certificates that the Gateway API allows one listener, which all environments share. */
export const mostReferences = 64;

/**
 * What the provider allows. Presets are those of ACM and of an Application Load Balancer as they come, one load balancer
 * for each listener (docs.aws.amazon.com: "Quotas" of ACM, "Quotas for your Application Load Balancers").
 */
export const certificateQuotas = z
  .strictObject({
    namesPerCertificate: count(1000).default(10),
    certificatesPerListener: count(1000).default(25),
    listeners: count(1000).default(1),
  })
  .refine((q) => q.certificatesPerListener * q.listeners > spareSlots, {
    error: `Expected certificatesPerListener × listeners of at least ${spareSlots + 1}: ${spareSlots} are kept free for changes.`,
  });
export type CertificateQuotas = z.infer<typeof certificateQuotas>;

/** Times, in milliseconds. */
export interface CertificateTimes {
  /** A certificate is replaced this long before it ends. */
  renewBefore: number;
  /** How long both serve, once a new one has taken an old one's place: as long as others may remember where a name led. */
  overlap: number;
  /** After which names that keep a certificate of several waiting are taken out of it. */
  patience: number;
  /** What failed is asked for again after this. */
  retry: number;
}

const hour = 3_600_000;
export const defaultTimes: CertificateTimes = {
  renewBefore: 30 * 24 * hour,
  overlap: 60_000,
  patience: 300_000,
  retry: hour,
};

/** Certificates that all listeners together can have at once. */
export function slotsOf({ certificatesPerListener, listeners }: CertificateQuotas): number {
  return certificatesPerListener * listeners;
}

/** How many names can be served for good. */
export function roomOf(quotas: CertificateQuotas): number {
  return (slotsOf(quotas) - spareSlots) * quotas.namesPerCertificate;
}
