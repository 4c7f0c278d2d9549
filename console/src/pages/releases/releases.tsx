import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { releasesQuery, skewQuery } from "../../api/queries.ts";
import type { Release } from "../../api/types.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Page } from "../../parts/page.tsx";
import { Ago } from "../../parts/time.tsx";
import { counted, shortDigest } from "../../words/figures.ts";

/** All releases of an environment, newest first, with how many tenants have each. */
export default function ReleasesPage({ env }: { env: string }) {
  const releases = useQuery(releasesQuery(env));
  const skew = useQuery(skewQuery(env)).data;
  const tenantsOf = (version: string): number | undefined =>
    skew && (skew.items.find(({ release }) => release === version)?.tenants ?? 0);
  return (
    <Page
      title="Releases"
      name={`Releases in ${env}`}
      lead="What can be rolled out. A release never changes; one that is bad is withdrawn."
      actions={<LinkButton href={`/environments/${env}/start/release`}>Register a release</LinkButton>}
    >
      <Card title="Newest first" flush>
        <Loaded query={releases} what="the releases" lines={8}>
          {(items) =>
            items.length === 0 ? (
              <Empty title={`No release is registered in ${env}.`}>
                <p className="muted">
                  A release is a version of your application: its image and the checks that it must pass. Pipelines
                  register them by the API; promoted ones come from another environment.
                </p>
                <LinkButton href={`/environments/${env}/start/release`} look="primary">
                  Register a release
                </LinkButton>
              </Empty>
            ) : (
              <ul className="activity">
                {items.map((release) => (
                  <OneRelease key={release.version} release={release} tenants={tenantsOf(release.version)} env={env} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

function OneRelease({ release, tenants, env }: { release: Release; tenants: number | undefined; env: string }) {
  const { version, image, createdAt, createdBy, withdrawn, promotedFrom, migration } = release;
  return (
    <li>
      <div className="row">
        <Link href={`/environments/${env}/releases/${encodeURIComponent(version)}`} className="version strong">
          {version}
        </Link>
        {withdrawn && <span className="badge badge-bad">withdrawn</span>}
        {migration && <span className="badge">{migration.compatible ? "migration" : "migration, no way back"}</span>}
        <span className="push nowrap">
          {tenants === undefined ? (
            ""
          ) : tenants === 0 ? (
            <span className="faint">no tenant</span>
          ) : (
            counted(tenants, "tenant")
          )}
        </span>
      </div>
      <p className="small faint breaks">
        {promotedFrom
          ? `promoted from ${promotedFrom.environment} by ${promotedFrom.by}`
          : `registered by ${createdBy}`}
        , <Ago at={createdAt} /> · <span className="mono">{shortDigest(image) ?? image}</span>
      </p>
      {withdrawn && (
        <p className="small breaks">
          Withdrawn by {withdrawn.by}: “{withdrawn.reason}”
        </p>
      )}
    </li>
  );
}
