import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { fleetQuery } from "../../api/fleet.ts";
import { releasesQuery, skewQuery } from "../../api/queries.ts";
import type { Fleet } from "../../api/types.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Page } from "../../parts/page.tsx";
import { counted } from "../../words/figures.ts";
import { arrange, type View } from "./arrange.ts";
import { Filters } from "./filters.tsx";
import { FleetList } from "./list.tsx";
import { SkewChart } from "./skew.tsx";
import { useView } from "./view.ts";
import "./fleet.css";

/** Every tenant of an environment, on one line each. */
export default function FleetPage({ env }: { env: string }) {
  const client = useQueryClient();
  const fleet = useQuery(fleetQuery(client, env));
  const [view, change] = useView();
  const known = fleet.data?.fleet;
  return (
    <Page
      title="Fleet"
      name={`Fleet of ${env}`}
      lead={
        known
          ? `${counted(known.total, "tenant")} in ${env}${known.newest ? `; newest release ${known.newest}` : ""}`
          : `All tenants in ${env}`
      }
      actions={
        <>
          <LinkButton href={`/environments/${env}/offboarded`}>Tenants that left</LinkButton>
          <LinkButton href={`/environments/${env}/start/tenant`}>New tenant</LinkButton>
        </>
      }
    >
      <Loaded query={fleet} what="the fleet" lines={12}>
        {({ fleet: data }) =>
          data.total === 0 ? (
            <Card title="No tenants yet">
              <Empty title={`There are no tenants in ${env}.`}>
                <p className="muted">
                  A tenant is a customer with a copy of the application of its own. Once there are some, each is a line
                  here: which release it has, how far behind it is, how its traffic is split, and what is happening to
                  it.
                </p>
                <LinkButton href={`/environments/${env}/start/tenant`} look="primary">
                  New tenant
                </LinkButton>
              </Empty>
            </Card>
          ) : (
            <WholeFleet env={env} fleet={data} view={view} change={change} />
          )
        }
      </Loaded>
    </Page>
  );
}

function WholeFleet({
  env,
  fleet,
  view,
  change,
}: {
  env: string;
  fleet: Fleet;
  view: View;
  change: (change: Partial<View>) => void;
}) {
  const releases = useQuery(releasesQuery(env)).data;
  const skew = useQuery(skewQuery(env));
  const newestFirst = useMemo(() => (releases ?? []).map(({ version }) => version), [releases]);
  // Typing stays smooth while thousands of rows are sifted.
  const wanted = useDeferredValue(view);
  const lines = useMemo(() => arrange(fleet.items, wanted, newestFirst), [fleet.items, wanted, newestFirst]);
  const shown = lines.reduce((sum, line) => sum + ("row" in line ? 1 : 0), 0);
  return (
    <>
      <Loaded query={skew} what="the releases in use" lines={3}>
        {(data) => <SkewChart skew={data} chosen={view.release} onChoose={(release) => change({ release })} />}
      </Loaded>
      <section className="card" aria-label="Tenants">
        <Filters rows={fleet.items} view={view} change={change} shown={shown} />
        {shown === 0 ? (
          <Empty title="No tenant fits.">
            <p className="muted">Take something out of the search or the filters.</p>
          </Empty>
        ) : (
          <FleetList env={env} lines={lines} url={fleet.url} />
        )}
      </section>
    </>
  );
}
