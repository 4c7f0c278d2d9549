import { TealError } from "../../../model/errors.ts";
import type { NewPolicy } from "../../../model/policy.ts";
import type { Deps } from "../deps.ts";

/** Throws `affinity_unsupported` for a policy that asks for what the gateway does not do. */
export function refuseAffinity({ affinity: able }: Pick<Deps, "affinity">, { affinity }: NewPolicy): void {
  if (able || affinity !== "cookie") return;
  const message =
    'The policy asks for affinity by cookie, and this gateway is not declared to have it. Say "affinity": "none", or set TEAL_GATEWAY_AFFINITY=cookie where it does (docs/settings.md).';
  throw new TealError("affinity_unsupported", message);
}
