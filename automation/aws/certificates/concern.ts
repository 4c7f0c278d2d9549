import type { Concern } from "../errors.ts";

export const certificates: Concern = {
  what: {
    denied: "Give Teal's role the rights that docs/certificates.md lists.",
    quota: "Raise that quota at AWS (Service Quotas), or lower TEAL_CERTIFICATE_QUOTAS.",
  },
  // Every round asks anew.
  patient: true,
};

/** What is refused to one request concerns the names in it alone: it will not be had, whenever it is asked for. */
export const requests: Concern = {
  ...certificates,
  what: { ...certificates.what, refused: "It is asked for again after a while." },
  codes: { refused: "certificate_refused" },
};
