import { Link } from "wouter";
import type { ActivityItem } from "../../api/types.ts";
import { Said } from "../../parts/said.tsx";
import { Ago } from "../../parts/time.tsx";

/** What happened, newest first: who, what, where, why. */
export function ActivityList({ items }: { items: readonly ActivityItem[] }) {
  return (
    <ul className="activity">
      {items.map((item) => (
        <li key={item.id}>
          <p className="breaks">
            {item.actor !== null && !item.message.startsWith(item.actor) && (
              <span className="strong">{item.actor}: </span>
            )}
            <Said text={item.message} />
          </p>
          {item.reason !== null && !item.message.includes(item.reason) && (
            <p className="muted breaks">“{item.reason}”</p>
          )}
          <p className="small faint row">
            <Ago at={item.at} />
            <Where item={item} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Where({ item: { environment, tenant, operation } }: { item: ActivityItem }) {
  if (environment === null) return <>Teal and its platform</>;
  const where = tenant === null ? environment : `${tenant}, ${environment}`;
  const to =
    operation !== null
      ? `/operations/${operation}`
      : tenant === null
        ? `/environments/${environment}/fleet`
        : `/environments/${environment}/tenants/${tenant}`;
  return <Link href={to}>{where}</Link>;
}
