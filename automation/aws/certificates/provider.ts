import { TealError } from "../../../model/errors.ts";
import type { ValidationRecord } from "../../../model/certificate.ts";
import type { CertificateProvider, Described } from "../../certificates/provider.ts";
import type { CertificateClients } from "./clients.ts";
import { describeCertificate } from "./describe.ts";
import { findCertificate } from "./find.ts";
import { addCertificate, certificatesOf, takeCertificate } from "./listeners.ts";
import { removeRecords, setRecords } from "./records.ts";
import { removeCertificate } from "./remove.ts";
import { requestCertificate } from "./request.ts";

export interface AcmOptions {
  clients: CertificateClients;
  domain: string;
  /** Id of the hosted zone of the domain. */
  zone: string;
  /** ARNs of each environment's HTTPS listeners, in the order that the plan counts them in. */
  listeners: ReadonlyMap<string, readonly string[]>;
}

/** How long records that were set are taken for set, milliseconds: they are looked for so often by ACM that once is enough. */
const trustRecords = 15 * 60_000;

/** Certificates of ACM on listeners of Application Load Balancers; records of names below the domain in Route 53. */
export function acmCertificates({ clients, domain, zone, listeners }: AcmOptions): CertificateProvider {
  const { acm, route53, balancers, tags } = clients;
  const setAt = new Map<string, number>();
  const isOurs = (hostname: string): boolean => hostname.endsWith(`.${domain}`);
  const listenerOf = (environment: string, number: number): string => {
    const arn = listeners.get(environment)?.[number];
    if (arn !== undefined) return arn;
    const message = `Expected a listener ${number} of environment ${environment} in TEAL_HTTPS_LISTENERS; there is none.`;
    throw new TealError("internal", message);
  };

  /** Makes the records of names of ours that ACM has not seen. */
  const prove = async (described: Described): Promise<void> => {
    const missing = ourRecords(described, (hostname, validated) => !validated && isOurs(hostname));
    const unset = missing.filter(({ name }) => Date.now() - (setAt.get(name) ?? 0) > trustRecords);
    await setRecords(route53, zone, unset);
    for (const { name } of unset) setAt.set(name, Date.now());
  };

  return {
    name: "acm",
    async request({ again, ...request }) {
      const asked = { ...request, domain };
      return (again ? await findCertificate(tags, asked) : undefined) ?? (await requestCertificate(acm, asked));
    },
    async describe(arn) {
      const described = await describeCertificate(acm, arn);
      if (described?.state === "requested") await prove(described);
      return described;
    },
    async attached(environment) {
      const all = await Promise.all(
        (listeners.get(environment) ?? []).map(async (arn, listener) =>
          (await certificatesOf(balancers, arn)).map((reference) => ({ reference, listener })),
        ),
      );
      return all.flat();
    },
    attach: (environment, arn, listener) => addCertificate(balancers, listenerOf(environment, listener), arn),
    detach: (environment, arn, listener) => takeCertificate(balancers, listenerOf(environment, listener), arn),
    async drop(arn, unused) {
      const gone = new Set(unused);
      const described = await describeCertificate(acm, arn);
      if (described === null) return;
      // First what is known only as long as the certificate is there.
      const records = ourRecords(described, (hostname) => gone.has(hostname) && isOurs(hostname));
      await removeRecords(route53, zone, records);
      for (const { name } of records) setAt.delete(name);
      await removeCertificate(acm, arn);
    },
  };
}

function ourRecords(
  { validations }: Described,
  wanted: (hostname: string, validated: boolean) => boolean,
): ValidationRecord[] {
  return validations.flatMap(({ hostname, validated, record }) =>
    record !== null && wanted(hostname, validated) ? [record] : [],
  );
}
