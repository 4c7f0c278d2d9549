import { awsBackups } from "../automation/aws/backups/backups.ts";
import { backupClients, ownPlace } from "../automation/aws/backups/clients.ts";
import { whereabouts } from "../automation/aws/backups/whereabouts.ts";
import type { BackupProvider } from "../automation/backups/provider.ts";
import type { DataStacks } from "../automation/stacks/stacks.ts";
import { dataSiteOf } from "./dataSite.ts";
import type { Settings } from "./settings.ts";

type Wanted = Pick<Settings, "TEAL_PLATFORM" | "TEAL_DATA_TIERS" | "TEAL_BACKUP_BUCKET" | "TEAL_BACKUP_COPY_KEY">;

/** Backups of what tenants have on AWS; null where TEAL_BACKUP_BUCKET is not set. */
export function dataBackups(settings: Wanted, stacks: Pick<DataStacks, "last">): BackupProvider | null {
  const { TEAL_BACKUP_BUCKET: bucket, TEAL_BACKUP_COPY_KEY: copyKey } = settings;
  const platform = dataSiteOf(settings)?.platform;
  if (bucket === undefined || platform === undefined) return null;
  // A stack of Pulumi's can't be read from here: where Teal itself is, its tenants are.
  const { account, region } = typeof platform === "string" ? {} : platform;
  const place = account && region ? async () => ({ account, region }) : ownPlace();
  return awsBackups({ ...backupClients(copyKey), bucket, find: (of) => whereabouts(stacks, place, of) });
}
