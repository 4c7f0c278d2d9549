import { Migrator, sql, type Migration } from "kysely";
import { TealError } from "../../../model/errors.ts";
import type { Queries } from "../database.ts";
import { explained } from "../unavailable.ts";
import * as ledger from "./0001-ledger.ts";
import * as drift from "./0002-drift.ts";
import * as policies from "./0003-policies.ts";
import * as webhooks from "./0004-webhooks.ts";
import * as operations from "./0005-operations.ts";
import * as backups from "./0006-backups.ts";
import * as overview from "./0010-overview.ts";
import * as outputs from "./0011-outputs.ts";
import * as alerts from "./0012-alerts.ts";
import * as provenance from "./0013-provenance.ts";
import * as certificates from "./0020-certificates.ts";
import * as drills from "./0030-drills.ts";
import * as deployments from "./0031-deployments.ts";
import * as offboardings from "./0040-offboarding-and-observing.ts";
import * as clusters from "./0050-clusters.ts";
import * as takenRoutes from "./0052-taken-routes.ts";
import * as adoptedData from "./0054-adopted-data.ts";
import * as loss from "./0056-offboarding-loss.ts";

/** Oldest first. What has been released is never changed, only added to. */
const migrations: Record<string, Migration> = {
  "0001-ledger": ledger,
  "0002-drift": drift,
  "0003-policies": policies,
  "0004-webhooks": webhooks,
  "0005-operations": operations,
  "0006-backups": backups,
  "0010-overview": overview,
  "0011-outputs": outputs,
  "0012-alerts": alerts,
  "0013-provenance": provenance,
  "0020-certificates": certificates,
  "0030-drills": drills,
  "0031-deployments": deployments,
  "0040-offboarding-and-observing": offboardings,
  "0050-clusters": clusters,
  "0052-taken-routes": takenRoutes,
  "0054-adopted-data": adoptedData,
  "0056-offboarding-loss": loss,
};

/** Any number that nothing else in the database locks. */
const lock = 7_432_501;

/**
 * Brings schema `teal` to this version. Processes that start at once wait for each other. Throws `ledger_unavailable`,
 * `ledger_migration_failed`.
 */
export async function migrate(db: Queries): Promise<void> {
  try {
    await db.connection().execute(async (connection) => {
      await sql`select pg_advisory_lock(${lock})`.execute(connection);
      try {
        await migrateLocked(connection);
      } finally {
        await sql`select pg_advisory_unlock(${lock})`.execute(connection);
      }
    });
  } catch (error) {
    const cause = explained(error);
    if (cause instanceof TealError) throw cause;
    const message = `The ledger's tables couldn't be brought to this version: ${(cause as Error).message}`;
    throw new TealError("ledger_migration_failed", message, { cause });
  }
}

async function migrateLocked(db: Queries): Promise<void> {
  const provider = { getMigrations: async () => migrations };
  const migrator = new Migrator({ db, provider, migrationTableSchema: "teal" });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
