import { provisioned } from "../../model/layout.ts";
import type { Operation } from "../../model/operation.ts";
import type { DataSpec } from "../../tenant/data/spec.ts";
import { renderData } from "../renderData.ts";
import { printedBy, type Effects, type Tenure } from "./effects.ts";

/**
 * Removes what the tenant has on AWS, as no later tenant of its id may find it: after an offboarding all but the key that its backups can't
 * be read without, of a provision that was aborted all of it. Done again after a crash it goes on where it was.
 */
export async function removeData(effects: Effects, operation: Operation, tenure: Tenure): Promise<void> {
  const { stacks, site } = effects;
  const { environment, tenant: id, kind, move } = operation;
  // Teal may have been started since without what it made it with.
  if (!site.data && !move?.data && !move?.before?.data) return;
  const place = { environment, id };
  const given = (await stacks.data.last(place))?.spec ?? (await begun(effects, operation));
  // An offboarding without a move is of a tenant that no release ever ran for.
  const leaving = kind === "offboard" && move ? ("exported" as const) : ("aborted" as const);
  const { repaired } = await stacks.data.destroy(place, given && { ...given, protect: false, leaving }, {
    message: `${kind} ${operation.id}`,
    permit: () => tenure.permit(),
    ...printedBy(effects, operation, "destroy"),
  });
  await tenure.tellRepaired(repaired);
}

/** What a provision was about to make, of which a crash may have kept Pulumi from writing down that it was given it. */
async function begun({ ledger, site }: Effects, operation: Operation): Promise<DataSpec | null> {
  const { kind, move } = operation;
  if (kind !== "provision" || !move?.data || !site.data) return null;
  const layout = provisioned(move);
  return renderData(layout, await ledger.tenantForWork(operation, layout), site.data, null);
}
