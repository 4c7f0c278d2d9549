import type { Operation } from "./operation.ts";

/** What stays as the operation changed it once it has gone back: traffic and slots are brought back, data is not. A phrase each. */
export function leftBehind({ move, memory, phase }: Pick<Operation, "move" | "memory" | "phase">): string[] {
  if (!move) return [];
  const { kept = [], schema, volume, before, letsGo } = move;
  // A rollback that was turned round itself has brought back nothing.
  if (phase !== "rolled-back") return kept;
  const migrated = memory.migrated && schema !== undefined;
  return [
    ...(migrated ? [`The data stays as the migration of release ${schema} left it.`] : []),
    ...(volume !== undefined && before?.volume !== volume ? [`The volume of ${volume} GiB stays.`] : []),
    ...(letsGo ? [`What had begun of removing cluster ${letsGo.join(", ")} stays: confirm once more to end it.`] : []),
  ];
}
