import { useQuery } from "@tanstack/react-query";
import { tenantCertificatesQuery } from "../../api/queries.ts";
import type { Tenant } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { HostnameLine } from "../../parts/hostname.tsx";
import { Loaded } from "../../parts/loaded.tsx";

/** The tenant's host names, with what each waits for. */
export function HostnamesCard({ tenant: { environment, id } }: { tenant: Tenant }) {
  const hostnames = useQuery(tenantCertificatesQuery(environment, id));
  return (
    <Card title="Host names" flush>
      <Loaded query={hostnames} what="the host names" lines={2}>
        {({ items }) => (
          <ul className="activity">
            {items.map((one) => (
              <li key={one.hostname}>
                <HostnameLine of={one} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
