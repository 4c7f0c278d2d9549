import { useQuery } from "@tanstack/react-query";
import { tenantQuery } from "../../api/queries.ts";
import type { Operation } from "../../api/types.ts";
import { OperationActions } from "../../parts/actions.tsx";
import { Card } from "../../parts/card.tsx";
import { customersNotice, happens, isShut } from "../../words/machine.ts";
import { whatComesNext, type Stop } from "../../words/path.ts";
import { rolesOf } from "../tenant/roles.ts";
import { SplitLegend } from "../tenant/splitLegend.tsx";
import { PreviewLink } from "./previewLink.tsx";

const previewed = new Set<Operation["phase"]>(["verifying", "awaiting-approval", "shifting", "baking"]);

/** What happens now, what customers notice of it, what comes next, and what one can do. */
export function Now({ operation, stops, acts }: { operation: Operation; stops: readonly Stop[]; acts: boolean }) {
  const tenant = useQuery(tenantQuery(operation.environment, operation.tenant)).data;
  const next = whatComesNext(operation, stops);
  const shut = isShut(operation);
  const beside = tenant && rolesOf(tenant).find(({ role }) => role === "new");
  const share = tenant ? (beside ? tenant.weights[beside.color] : null) : null;
  return (
    <Card title="Now">
      <div className="stack">
        <dl className="facts">
          <dt>Happens</dt>
          <dd className="strong">{happens(operation.phase, shut)}</dd>
          <dt>Customers</dt>
          <dd>{customersNotice(operation.phase, share, shut)}</dd>
          {next !== null && (
            <>
              <dt>Then</dt>
              <dd>{next}</dd>
            </>
          )}
        </dl>
        {tenant && tenant.live !== null && !shut && <SplitLegend tenant={tenant} />}
        {acts && (
          <div className="row">
            <OperationActions operation={operation} />
            {previewed.has(operation.phase) && operation.kind !== "provision" && <PreviewLink operation={operation} />}
          </div>
        )}
      </div>
    </Card>
  );
}
