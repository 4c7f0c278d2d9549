import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { act } from "../../api/act.ts";
import { adoptionQuery, environmentsQuery, releaseQuery } from "../../api/queries.ts";
import type { Release } from "../../api/types.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { ConfirmButton } from "../../parts/confirm.tsx";
import { SelectField } from "../../parts/field.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Note } from "../../parts/note.tsx";
import { Page } from "../../parts/page.tsx";
import { Ago } from "../../parts/time.tsx";
import { AdoptionCards } from "./adoption.tsx";
import { ProvenanceFacts } from "./provenance.tsx";

/** One release: what it is, and how far it has come. */
export default function ReleasePage({ env, version }: { env: string; version: string }) {
  const release = useQuery(releaseQuery(env, version));
  const adoption = useQuery(adoptionQuery(env, version));
  return (
    <Page
      title={<span className="version">{version}</span>}
      name={`Release ${version}`}
      lead={`Release in ${env}`}
      actions={release.data && <ReleaseActions release={release.data} />}
    >
      <Loaded query={release} what="the release" lines={5}>
        {(data) => (
          <>
            {data.withdrawn && (
              <Note tone="bad" title="Withdrawn: no tenant can be brought to it any more">
                <p className="breaks">
                  By {data.withdrawn.by}, <Ago at={data.withdrawn.at} />: “{data.withdrawn.reason}”. Tenants that run it
                  keep running it.
                </p>
              </Note>
            )}
            <div className="columns">
              <div className="stack">
                <Loaded query={adoption} what="how far it has come" lines={8}>
                  {(found) => <AdoptionCards adoption={found} />}
                </Loaded>
              </div>
              <ReleaseFacts release={data} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ReleaseActions({ release }: { release: Release }) {
  const { environment: env, version, withdrawn } = release;
  const client = useQueryClient();
  if (withdrawn) return null;
  return (
    <>
      <LinkButton href={`/environments/${env}/start/rollout?release=${encodeURIComponent(version)}`} look="primary">
        Roll out…
      </LinkButton>
      <Promote release={release} />
      <ConfirmButton
        label="Withdraw"
        look="danger"
        danger
        title={`Withdraw ${version}`}
        verb="Withdraw"
        effect="From now on no tenant can be brought to it. Tenants that run it keep running it. It can't be undone: register it anew under another version."
        run={(reason, key) => act.withdraw(env, version, reason, key)}
        onDone={() => void client.invalidateQueries({ queryKey: ["releases", env] })}
      />
    </>
  );
}

function Promote({ release: { environment: env, version } }: { release: Release }) {
  const others = (useQuery(environmentsQuery).data ?? []).filter(({ name }) => name !== env);
  const [chosen, setChosen] = useState("");
  const to = chosen || others[0]?.name;
  const [, navigate] = useLocation();
  if (to === undefined) return null;
  return (
    <ConfirmButton
      label="Promote…"
      title={`Promote ${version}`}
      verb="Promote"
      effect="The very same release, same image and checks, can be rolled out in the other environment too. Nothing is rolled out by it. It must have succeeded here once."
      run={(reason, key) => act.promote(env, version, to, reason, key)}
      onDone={(promoted) =>
        navigate(`/environments/${promoted.environment}/releases/${encodeURIComponent(promoted.version)}`)
      }
    >
      <SelectField label="To" value={to} onChange={setChosen} options={others.map(({ name }) => [name, name])} />
    </ConfirmButton>
  );
}

function ReleaseFacts({ release }: { release: Release }) {
  const { image, provenance, createdAt, createdBy, promotedFrom, migration, volume, components, checks } = release;
  return (
    <Card title="What it is">
      <dl className="facts">
        <dt>Image</dt>
        <dd className="mono small">{image}</dd>
        <dt>Registered</dt>
        <dd>
          by {createdBy}, <Ago at={createdAt} />
        </dd>
        {provenance && <ProvenanceFacts provenance={provenance} />}
        {promotedFrom && (
          <>
            <dt>Promoted</dt>
            <dd>
              from {promotedFrom.environment} by {promotedFrom.by}: “{promotedFrom.reason}”
            </dd>
          </>
        )}
        <dt>Processes</dt>
        <dd>
          web on port {components.web.port}
          {components.background && `, ${components.background.replicas} in the background`}
        </dd>
        <dt>Data</dt>
        <dd>{volume ? <code>{volume.path}</code> : "none in files"}</dd>
        <dt>Migration</dt>
        <dd>
          {migration === undefined
            ? "none"
            : migration.compatible
              ? "one that the previous release can live with"
              : "one that there is no way back from"}
          {migration?.command && (
            <>
              : <code>{migration.command.join(" ")}</code>
            </>
          )}
        </dd>
        <dt>Checks</dt>
        <dd>
          {checks.length === 0 ? "none" : null}
          <ul>
            {checks.map((check, i) => (
              <li key={i} className="mono small">
                {check.method} {check.path} → {check.status}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </Card>
  );
}
