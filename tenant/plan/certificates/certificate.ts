import type { CertificateQuotas, CertificateTimes } from "./quotas.ts";

/** A certificate as the plan sees it; its names never change. Times are milliseconds since 1970. */
export interface Certificate {
  id: string;
  /** Rises with each request, so that the newest certificate of a name is known. */
  sequence: number;
  names: readonly string[];
  state: "requested" | "issued" | "failed";
  requestedAt: number;
  /** Set once it has failed. */
  failedAt: number | null;
  /** Set once it is issued. */
  expiresAt: number | null;
  /** Listeners are numbered from 0. */
  attached: { listener: number; at: number } | null;
  /** Names whose owner's record has been seen. */
  validated: readonly string[];
}

export interface WantedName {
  hostname: string;
  /** Shares no certificate: nobody has shown yet, or any longer, that its record can be relied on. */
  apart: boolean;
}

export interface CertificateFacts {
  /** Each once. Where there isn't room for all, those that have none yet get it in this order. */
  wanted: readonly WantedName[];
  certificates: readonly Certificate[];
  quotas: CertificateQuotas;
  times: CertificateTimes;
  /** Whether Teal makes the records of a name itself. Others are custom domains, whose owners do. */
  isOwn: (hostname: string) => boolean;
  now: number;
}

export type CertificateStep =
  | { do: "keep-apart"; certificate: string; names: string[] }
  | { do: "detach"; certificate: string; listener: number }
  | { do: "drop"; certificate: string }
  | { do: "attach"; certificate: string; listener: number }
  | { do: "request"; names: string[] };

export interface CertificatePlan {
  /** What can be done now, in this order; a stop after any of them leaves every name as well served as before. */
  steps: CertificateStep[];
  /** Wanted names that the quotas have no room for. */
  overQuota: string[];
}
