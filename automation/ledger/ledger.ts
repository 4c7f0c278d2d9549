import { sql } from "kysely";
import type { Layout } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import type { NewRelease } from "../../model/release.ts";
import type { Secrets } from "../secrets.ts";
import type { Advance, Claim, Lease } from "./claims.ts";
import { connect, type Queries, type Report } from "./database.ts";
import { declareEnvironments } from "./environments/declare.ts";
import { eventsChannel } from "./events/append.ts";
import { openSecrets } from "./installation/openSecrets.ts";
import { readValue, writeOnce } from "./installation/value.ts";
import { listen } from "./listen.ts";
import { migrate } from "./migrations/migrate.ts";
import { advance } from "./operations/advance.ts";
import { claim } from "./operations/claim.ts";
import { releaseLeasesOf } from "./operations/releaseLeases.ts";
import { lookOf, type KnownOfTenant } from "./operations/lookOf.ts";
import { reload } from "./operations/reload.ts";
import { renew } from "./operations/renew.ts";
import { sweep } from "./operations/sweep.ts";
import { tenantForWork, type TenantForWork } from "./operations/tenantForWork.ts";
import { readRelease } from "./releases/read.ts";
import { explained } from "./unavailable.ts";
import type { Wake } from "./wake.ts";

export interface OpenLedger {
  /** Of the PostgreSQL database. */
  url: string;
  /** Seals the tenants' secrets; the same at every start. */
  passphrase: string;
  /** How wake-ups are sent: `send` of the queue. */
  wake: Wake;
  report: Report;
}

/** The ledger: what is intended, what is so, what was done. Every call may throw `ledger_unavailable`. */
export interface Ledger {
  /** Runs statements of this folder, each on its own. */
  read<T>(work: (db: Queries) => Promise<T>): Promise<T>;
  /** Runs statements of this folder in one transaction: all of it is done, or nothing. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  readonly wake: Wake;
  readonly secrets: Secrets;

  /** Takes an operation for `leaseSeconds`. Null: it has ended, or another worker holds it. */
  claim(operationId: string, worker: string, leaseSeconds: number): Promise<Claim | null>;
  /** The claim as it is now. Throws `lease_lost`. */
  reload(claim: Claim): Promise<Claim>;
  /** Prolongs leases; gives the ids of the operations that were lost. */
  renew(leases: readonly Lease[], leaseSeconds: number): Promise<string[]>;
  /** Writes progress, events and the next wake-up, all or nothing; gives the claim after it. Throws `lease_lost`. */
  advance(claim: Claim, progress: Advance): Promise<Claim>;
  /** The operation's tenant with the texts that `layout` names, secrets in the clear. */
  tenantForWork(operation: Operation, layout: Layout): Promise<TenantForWork>;
  /** How the operation's tenant was left, as far as the ledger knows. */
  lookOf(operation: Operation): Promise<KnownOfTenant>;
  /** Throws `release_not_found`. */
  release(environment: string, version: string): Promise<NewRelease>;
  /** Wakes operations that nobody looks after; gives their ids. Call it every few seconds. */
  sweep(at?: Date): Promise<string[]>;
  /** Drops leases of workers known to be dead; gives how many. The next `sweep` wakes their operations. */
  releaseLeasesOf(workerPrefix: string): Promise<number>;

  /** The salt that all stacks of the installation share; null: none yet. */
  getEncryptionSalt(): Promise<string | null>;
  /** The first one set stays; gives the one that is stored. */
  setEncryptionSalt(salt: string): Promise<string>;
  declareEnvironments(names: readonly string[]): Promise<void>;

  /** Calls back whenever there may be new events; gives how to stop it. */
  onEvents(listener: () => void): () => void;
  /** Throws where PostgreSQL doesn't answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects, brings the tables to this version and checks the passphrase. Throws `ledger_unavailable`,
 * `ledger_migration_failed`, `wrong_passphrase`.
 */
export async function openLedger({ url, passphrase, wake, report }: OpenLedger): Promise<Ledger> {
  const db = connect(url, report);
  try {
    await migrate(db);
    const secrets = await openSecrets(db, passphrase);
    return ledgerOf(db, url, secrets, wake, report);
  } catch (error) {
    await db.destroy();
    throw explained(error);
  }
}

function ledgerOf(db: Queries, url: string, secrets: Secrets, wake: Wake, report: Report): Ledger {
  const listeners = new Set<() => void>();
  const listening = listen(url, eventsChannel, report, () => listeners.forEach((listener) => listener()));
  const read = <T>(work: (db: Queries) => Promise<T>) => explaining(() => work(db));
  const transaction = <T>(work: (tx: Queries) => Promise<T>) => explaining(() => db.transaction().execute(work));
  return {
    read,
    transaction,
    wake,
    secrets,
    claim: (id, worker, seconds) => read((q) => claim(q, id, worker, seconds)),
    reload: ({ operation, fence }) => read((q) => reload(q, operation.id, fence)),
    renew: (leases, seconds) => read((q) => renew(q, leases, seconds)),
    advance: (held, progress) => transaction((tx) => advance(tx, wake, held, progress)),
    tenantForWork: (operation, layout) => read((q) => tenantForWork(q, secrets, operation, layout)),
    lookOf: (operation) => read((q) => lookOf(q, operation)),
    release: (environment, version) => read(async (q) => (await readRelease(q, environment, version)).spec),
    sweep: (at) => transaction((tx) => sweep(tx, wake, at)),
    releaseLeasesOf: (prefix) => read((q) => releaseLeasesOf(q, prefix)),
    getEncryptionSalt: () => read((q) => readValue(q, "pulumi_encryption_salt")),
    setEncryptionSalt: (salt) => read((q) => writeOnce(q, "pulumi_encryption_salt", salt)),
    declareEnvironments: (names) => read((q) => declareEnvironments(q, names)),
    onEvents(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ping: () => read(async (q) => void (await sql`select 1`.execute(q))),
    async close() {
      await listening.close();
      await db.destroy();
    },
  };
}

async function explaining<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error);
  }
}
