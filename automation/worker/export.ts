import { mostDeletedListed, type DeletedObject, type TenantExport } from "../../model/offboarding.ts";
import type { Operation } from "../../model/operation.ts";
import { holdingOf } from "../backups/holding.ts";
import type { TakenBackup } from "../backups/provider.ts";
import { tenantAsItWas } from "../ledger/offboardings/subject.ts";
import type { StackContents } from "../stacks/contents.ts";
import { TealError } from "../../model/errors.ts";
import { lossOf } from "../../model/machine/loss.ts";
import { requireBackups } from "./backUp.ts";
import { policyOf, type Effects, type Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";
import { troubleOf } from "./trouble.ts";

/**
 * Backs the tenant's data up for the last time and writes down what the tenant is and has, without its secrets. The backup
 * has the operation's id, so that after a crash it is the same one.
 */
export async function exportTenant(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen> {
  try {
    return await exported(effects, operation, tenure);
  } catch (error) {
    throw withLoss(error, operation);
  }
}

/** Whoever decides whether the tenant goes without an export has to know what is lost by it. */
function withLoss(error: unknown, operation: Operation): unknown {
  if (error instanceof TealError && notAboutTheExport.includes(error.code)) return error;
  const { outcome, retriable } = troubleOf(error);
  const { code, message, cause, evidence } = outcome;
  const lost = `Until it is exported nothing is removed, unless somebody has it go on without (finish). Lost for good then: ${lossOf(operation)}.`;
  return new TealError(code, `${message} ${lost}`, { data: { cause, evidence, retriable }, cause: error });
}

const notAboutTheExport = ["lease_lost", "environment_observed"];

async function exported(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen> {
  const { ledger, stacks, backups } = effects;
  const place = { environment: operation.environment, id: operation.tenant };
  const { layout, settings, secretNames, image } = await ledger.read((db) => tenantAsItWas(db, operation.id));
  const taken = operation.move?.backup ? await lastBackup(effects, operation, tenure) : null;
  const found = await stacks.read(place);
  const written: TenantExport = {
    environment: operation.environment,
    tenant: operation.tenant,
    exportedAt: new Date().toISOString(),
    settings,
    secretNames,
    release: layout?.slots[layout.live]?.release ?? null,
    image,
    schema: layout?.schema ?? null,
    data: taken && dataOf(taken, backups!.name),
  };
  const stack = taken && (await stacks.lastUpdate(place));
  const size = taken ? ` ${taken.files} files, ${taken.bytes} bytes of data.` : " It has no data to keep.";
  return {
    event: "exported",
    message: `Settings of tenant ${operation.tenant} are exported.${size}`,
    exported: { export: written, ...objectsOf(found) },
    ...(taken && { backup: { provider: backups!.name, taken, layout: layout!, stack, pruned: [] } }),
    data: { ...(taken && { backup: operation.id, location: taken.location }) },
  };
}

async function lastBackup(effects: Effects, operation: Operation, tenure: Tenure): Promise<TakenBackup> {
  const provider = requireBackups(effects.backups);
  const holding = holdingOf(operation);
  await tenure.permit();
  const { backupSeconds } = policyOf(effects, operation);
  const signal = AbortSignal.timeout(backupSeconds * 1000);
  await provider.take(holding, operation.id, signal);
  const taken = await provider.verify(holding, operation.id);
  await provider.keep?.(holding, operation.id, signal);
  return taken;
}

function dataOf({ id, location, bytes, files, checksum }: TakenBackup, provider: string): TenantExport["data"] {
  return { backup: id, provider, location, bytes, files, checksum };
}

function objectsOf(contents: StackContents | null): { objects: DeletedObject[]; more: boolean } {
  // Pulumi's own are no objects of anybody's.
  const real = (contents?.resources ?? []).filter(({ type }) => !/^(pulumi|teal):/.test(type));
  const objects = real.map(({ type, name, id }) => ({ type, name, ...(id !== undefined && { id }) }));
  return {
    objects: objects.slice(0, mostDeletedListed),
    more: contents?.more === true || real.length > mostDeletedListed,
  };
}
