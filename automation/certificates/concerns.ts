import type { ConcernOf, HostnameView } from "../../model/certificate.ts";
import { inShort } from "./hostnames.ts";
import type { CertificatePace } from "./provider.ts";

/** How many host names a concern lists. */
const listed = 10;

export interface Concerning {
  hostnames: readonly HostnameView[];
  /** Why the provider can't be worked with. */
  problem: { message: string; since: Date } | undefined;
  pace: CertificatePace;
  environment: string;
  now: number;
}

/** What a person has to be told: at most one thing of each tenant and one of the environment, the worst. */
export function concernsOf(concerning: Concerning): ConcernOf[] {
  const { hostnames } = concerning;
  const byTenant = Map.groupBy(hostnames, ({ tenant }) => tenant);
  const ofTenants = [...byTenant].flatMap(([tenant, all]) => {
    const concern = ofTenant(all, concerning);
    return concern ? [{ ...concern, tenant }] : [];
  });
  const ofAll = ofEnvironment(concerning);
  return ofAll ? [...ofTenants, { ...ofAll, tenant: null }] : ofTenants;
}

type Concern = Omit<ConcernOf, "tenant">;

function ofTenant(hostnames: readonly HostnameView[], { pace, now }: Concerning): Concern | null {
  const ending = hostnames.filter(
    ({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) - pace.tellOfEnd <= now,
  );
  if (ending.length > 0) {
    const first = ending.map(({ expiresAt }) => expiresAt!).sort()[0]!;
    const why = ending.find(({ waits }) => waits !== null)?.waits?.message ?? "A newer one has not been asked for yet.";
    return concern(
      "certificate_expiring",
      ending,
      (names) => `The certificate of ${names} ends ${first}, and no newer one is served. ${why}`,
    );
  }
  const failed = waitingFor(hostnames, "failed");
  if (failed.length > 0) {
    const why = failed[0]!.waits!.message;
    return concern(
      "certificate_failed",
      failed,
      (names) => `No certificate is issued for ${names}. ${why} It is asked for again after a while.`,
    );
  }
  const missing = waitingFor(hostnames, "record").filter(
    ({ waits, state }) => state === "waiting" && now - Date.parse(waits!.since) >= pace.tellOfRecord,
  );
  if (missing.length === 0) return null;
  return concern(
    "certificate_record",
    missing,
    (names) => `The DNS record that shows who ${names} belongs to has not been seen: its owner has to set it.`,
  );
}

function ofEnvironment({ hostnames, problem, pace, environment, now }: Concerning): Concern | null {
  if (problem && now - problem.since.getTime() >= pace.tellOfProblem)
    return {
      code: "certificate_provider",
      message: `Certificates of ${environment} can't be seen to. ${problem.message}`,
      hostnames: [],
    };
  const over = waitingFor(hostnames, "over_quota");
  if (over.length === 0) return null;
  return concern(
    "certificate_quota",
    over,
    (names) =>
      `The quotas have no room for certificates of ${over.length} host names: ${names}. Raise TEAL_CERTIFICATE_QUOTAS, and the provider's own.`,
  );
}

function waitingFor(hostnames: readonly HostnameView[], code: string): HostnameView[] {
  return hostnames.filter(({ waits }) => waits?.code === code);
}

function concern(code: Concern["code"], of: readonly HostnameView[], say: (names: string) => string): Concern {
  const names = of.map(({ hostname }) => hostname);
  return { code, message: say(inShort(names)), hostnames: names.slice(0, listed) };
}
