import type { CertificatesView, HostnameView } from "../../../model/certificate.ts";
import { planCertificates } from "../../../tenant/plan/certificates/plan.ts";
import { roomOf } from "../../../tenant/plan/certificates/quotas.ts";
import type { Automation, PageQuery } from "../../automation.ts";
import { factsOf, ownIn, readBooks, type Books, type Place } from "../../certificates/facts.ts";
import { hostnamesOf } from "../../certificates/hostnames.ts";
import type { CertificateSetup } from "../../certificates/provider.ts";
import { readProblem } from "../../ledger/certificates/problem.ts";
import { readTenant } from "../../ledger/tenants/read.ts";
import { numberOf, paged } from "../cursor.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { tenantNotFound } from "../tenants/tenant.ts";
import { certificateView } from "./view.ts";

/** How many of the host names that wait are listed. */
const listed = 100;

export function certificateCommands(deps: Deps): Automation["certificates"] {
  return {
    list: (environment, page) => list(deps, environment, page),
    ofTenant: async (environment, id) => {
      requireEnvironment(deps, environment);
      const known = await deps.ledger.read((db) => readTenant(db, environment, id));
      if (!known) throw tenantNotFound(environment, id);
      const { hostnames } = await look(deps, environment);
      return { items: hostnames.filter(({ tenant }) => tenant === id) };
    },
  };
}

function setupFor({ certificates: setup }: Deps, environment: string): CertificateSetup | null {
  return setup?.environments.includes(environment) ? setup : null;
}

async function list(deps: Deps, environment: string, page: PageQuery): Promise<CertificatesView> {
  requireEnvironment(deps, environment);
  const { ledger } = deps;
  const setup = setupFor(deps, environment);
  const { books, place, hostnames } = await look(deps, environment);
  const problem = await ledger.read((db) => readProblem(db, environment));
  const newestFirst = books.rows.toReversed();
  const isOwn = ownIn(place);
  const shown = await paged(
    "certificates",
    page,
    async (after, limit) => {
      const before = numberOf(after) ?? Infinity;
      return newestFirst.filter(({ sequence }) => sequence < before).slice(0, limit);
    },
    { keyOf: ({ sequence }) => sequence, viewOf: (row) => certificateView(row, isOwn) },
  );
  return {
    provider: setup?.provider.name ?? null,
    problem: problem ? { message: problem.message, since: problem.since.toISOString() } : null,
    hostnames: {
      wanted: hostnames.length,
      served: hostnames.filter(({ state }) => state === "served").length,
      room: setup ? roomOf(setup.quotas) : null,
    },
    waiting: hostnames.filter(({ state }) => state === "waiting").slice(0, listed),
    ...shown,
  };
}

/** All of the environment's, since what one name waits for may be another's. */
async function look(
  deps: Deps,
  environment: string,
): Promise<{ books: Books; place: Place; hostnames: HostnameView[] }> {
  const { ledger, domain } = deps;
  const setup = setupFor(deps, environment);
  const place = { environment, domain };
  const books = await ledger.read((db) => readBooks(db, place));
  const now = Date.now();
  const overQuota = setup ? planCertificates(factsOf(books, place, setup, now)).overQuota : [];
  return { books, place, hostnames: hostnamesOf(books, place, new Set(overQuota), now) };
}
