import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { certificatesQuery } from "../../api/queries.ts";
import type { Certificate, Certificates } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { HostnameLine } from "../../parts/hostname.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty, Note } from "../../parts/note.tsx";
import { Page } from "../../parts/page.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago, At } from "../../parts/time.tsx";
import { counted } from "../../words/figures.ts";

/** An environment's certificates, and the host names that wait for one. */
export default function CertificatesPage({ env }: { env: string }) {
  const certificates = useQuery(certificatesQuery(env));
  return (
    <Page
      title="Certificates"
      name={`Certificates in ${env}`}
      lead="Host names share as few certificates as can be. They are asked for, renewed and replaced by themselves."
    >
      <Loaded query={certificates} what="the certificates" lines={8}>
        {(data) => (
          <div className="stack">
            <Trouble of={data} />
            <Waiting env={env} of={data} />
            <All of={data} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Trouble({ of: { provider, problem } }: { of: Certificates }) {
  if (provider === null) return <Note tone="wait" title="Nothing is set up to issue certificates here." />;
  if (problem === null) return null;
  return (
    <Note tone="bad" title="The provider gives trouble">
      <p className="breaks">
        {problem.message} <Ago at={problem.since} />
      </p>
    </Note>
  );
}

function Waiting({ env, of: { hostnames, waiting } }: { env: string; of: Certificates }) {
  const { wanted, served, room } = hostnames;
  return (
    <Card
      title="Host names"
      flush={waiting.length > 0}
      aside={
        <span className="small muted">
          {served} of {counted(wanted, "name")} served{room !== null && `, room for ${room}`}
        </span>
      }
    >
      {waiting.length === 0 ? (
        <p className="muted">{wanted === 0 ? "There is no tenant yet." : "None waits for a certificate."}</p>
      ) : (
        <ul className="activity">
          {waiting.map((one) => (
            <li key={one.hostname}>
              <HostnameLine of={one} />
              <p className="small">
                of <Link href={`/environments/${env}/tenants/${one.tenant}`}>{one.tenant}</Link>
              </p>
            </li>
          ))}
        </ul>
      )}
      {wanted - served > waiting.length && <p className="small muted">There are more than are listed.</p>}
    </Card>
  );
}

function All({ of: { items, next } }: { of: Certificates }) {
  return (
    <Card title="Newest first" flush>
      {items.length === 0 ? (
        <Empty title="There is no certificate yet.">
          <p className="muted">The first is asked for as soon as there is a tenant.</p>
        </Empty>
      ) : (
        <ul className="activity">
          {items.map((one) => (
            <OneCertificate key={one.id} certificate={one} />
          ))}
        </ul>
      )}
      {next !== undefined && <p className="small muted">There are more than are listed.</p>}
    </Card>
  );
}

const shownNames = 5;

function OneCertificate({ certificate }: { certificate: Certificate }) {
  const { id, names, state, attached, expiresAt, requestedAt, waits } = certificate;
  const more = names.length - shownNames;
  return (
    <li>
      <div className="row">
        <Status tone={state === "failed" ? "bad" : attached ? "done" : "run"}>
          {state === "issued" ? (attached ? "Served" : "Issued") : state === "failed" ? "Failed" : "Requested"}
        </Status>
        <span className="strong">{id}</span>
        <span className="breaks">
          {names.slice(0, shownNames).join(", ")}
          {more > 0 && ` and ${more} more`}
        </span>
        <span className="small muted push">
          {expiresAt === null ? (
            <>
              asked for <Ago at={requestedAt} />
            </>
          ) : (
            <>
              until <At at={expiresAt} />
            </>
          )}
        </span>
      </div>
      {waits !== null && <p className="small muted breaks">{waits}</p>}
    </li>
  );
}
