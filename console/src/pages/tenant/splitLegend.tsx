import type { Tenant } from "../../api/types.ts";
import { Mark, SplitBar } from "../../parts/slot.tsx";
import { rolesOf } from "./roles.ts";

/** The split between the slots, each read by its role first: `live 4.2 blue 90 %`, `new 4.3 green 10 %`. */
export function SplitLegend({ tenant }: { tenant: Tenant }) {
  const weights = tenant.suspended ? null : tenant.weights;
  return (
    <div className="stack-s">
      <SplitBar weights={weights} large />
      <ul className="row legend">
        {tenant.adopted && (
          <li className="row-tight">
            <span className="muted">adopted from</span> <span className="strong">{tenant.adopted.namespace}</span>{" "}
            <Mark color={tenant.adopted.color} />
            <span className="strong">{tenant.suspended ? 0 : tenant.weights[tenant.adopted.color]} %</span>
          </li>
        )}
        {rolesOf(tenant).map(({ color, role, slot }) => (
          <li key={color} className="row-tight">
            <span className="muted">{role}</span> <span className="version strong">{slot.release}</span>{" "}
            <Mark color={color} />
            <span className="strong">{tenant.suspended ? 0 : tenant.weights[color]} %</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
