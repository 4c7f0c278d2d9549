import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { Link } from "wouter";
import { podsQuery, trafficQuery } from "../../api/queries.ts";
import type { Color, Pod, Tenant } from "../../api/types.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { lazily } from "../../parts/lazily.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty, Skeleton } from "../../parts/note.tsx";
import { Mark } from "../../parts/slot.tsx";
import { Status } from "../../parts/status.tsx";
import { latency, percent, rate, shortDigest } from "../../words/figures.ts";
import { capital } from "../../words/machine.ts";
import { HostnamesCard } from "./hostnames.tsx";
import { rolesOf, type Role } from "./roles.ts";
import { SplitLegend } from "./splitLegend.tsx";

const TrafficCharts = lazily(() => import("../../charts/traffic.tsx"));

/** What customers get at this moment, and what stands ready beside it. */
export function NowTab({ tenant }: { tenant: Tenant }) {
  const { environment, id, live } = tenant;
  const pods = useQuery(podsQuery(environment, id));
  const traffic = useQuery({ ...trafficQuery(environment, id), enabled: live !== null });
  if (live === null)
    return (
      <Card title="Nothing runs yet">
        <Empty title="The tenant is being made, or making it went wrong.">
          <p className="muted">
            Once it is there you see here which release its customers get, from which slot, and how fast.
          </p>
        </Empty>
      </Card>
    );
  const roles = rolesOf(tenant);
  return (
    <div className="stack">
      <Card title="Who gets what">
        <div className="stack">
          <SplitLegend tenant={tenant} />
          <DataFacts tenant={tenant} />
        </div>
      </Card>
      <div className="halves">
        {tenant.adopted && <AdoptedCard tenant={tenant} adopted={tenant.adopted} />}
        {roles.map((role) => (
          <SlotCard
            key={role.color}
            tenant={tenant}
            role={role}
            pods={pods.data?.items.filter(({ color }) => color === role.color)}
            latest={traffic.data?.series[role.color].at(-1)}
          />
        ))}
        {roles.length === 1 && !tenant.adopted && <EmptySlot color={live === "blue" ? "green" : "blue"} />}
      </div>
      <Card title="Last 30 minutes">
        <Loaded query={traffic} what="the traffic" lines={8}>
          {(data) => (
            <Suspense fallback={<Skeleton what="the charts" lines={8} />}>
              <TrafficCharts traffic={data} roles={roles} />
            </Suspense>
          )}
        </Loaded>
      </Card>
      <HostnamesCard tenant={tenant} />
    </div>
  );
}

/** What it keeps, beside what runs on it. Nothing where its releases keep no data. */
function DataFacts({ tenant: { environment, id, volume, schema } }: { tenant: Tenant }) {
  if (volume === null && schema === null) return null;
  return (
    <dl className="facts">
      {volume !== null && (
        <>
          <dt>Data</dt>
          <dd>
            <Link href={`/environments/${environment}/tenants/${id}/data`}>on a volume of {volume} GiB</Link>, which
            both slots share
          </dd>
        </>
      )}
      {schema !== null && (
        <>
          <dt>Schema</dt>
          <dd>
            as the migration of <span className="version">{schema}</span> left it
          </dd>
        </>
      )}
    </dl>
  );
}

/** Why it has no requests and no pods, where that is so by intent. */
function shutBy({ suspended, maintenance }: Tenant): string | null {
  if (maintenance) return "shut for maintenance";
  return suspended ? "suspended" : null;
}

/** A color's copy that Teal has not made: it knows neither its pods nor their release. */
function AdoptedCard({ tenant, adopted }: { tenant: Tenant; adopted: NonNullable<Tenant["adopted"]> }) {
  const { color, namespace, service, port } = adopted;
  const shut = shutBy(tenant);
  return (
    <Card title={`Adopted from namespace ${namespace}`} aside={<Mark color={color} />}>
      <dl className="facts">
        <dt>Traffic</dt>
        <dd className="strong">{shut === null ? `${tenant.weights[color]} %` : `none: ${shut}`}</dd>
        <dt>Service</dt>
        <dd className="mono small">
          {namespace}/{service}:{port}
        </dd>
      </dl>
      <p className="muted small">
        Its pods are not Teal’s, and stay as they are. The first release goes into the other slot, takes over step by
        step, and can go back here until it has settled.
      </p>
    </Card>
  );
}

function EmptySlot({ color }: { color: Color }) {
  return (
    <Card title="Empty" aside={<Mark color={color} />}>
      <p className="muted">
        Nothing is in the other slot. The next release goes there, is checked without traffic, and takes over step by
        step.
      </p>
    </Card>
  );
}

interface SlotProps {
  tenant: Tenant;
  role: Role;
  pods: Pod[] | undefined;
  latest: { requestsPerSecond: number; errorShare: number | null; p95: number | null } | undefined;
}

function SlotCard({ tenant, role: { role, color, slot }, pods, latest }: SlotProps) {
  const { environment, weights } = tenant;
  const shut = shutBy(tenant);
  return (
    <Card
      title={
        <span className="row-tight">
          {capital(role)} <span className="version">{slot.release}</span>
        </span>
      }
      aside={<Mark color={color} />}
    >
      <dl className="facts">
        <dt>Traffic</dt>
        <dd className="strong">{shut === null ? `${weights[color]} %` : `none: ${shut}`}</dd>
        <dt>Pods</dt>
        <dd>
          <Pods pods={pods} slot={slot} shut={shut} />
        </dd>
        <dt>Requests</dt>
        <dd>{latest ? rate(latest.requestsPerSecond) : <span className="faint">not measured</span>}</dd>
        <dt>Errors</dt>
        <dd>{latest?.errorShare == null ? <span className="faint">no requests</span> : percent(latest.errorShare)}</dd>
        <dt>95 of 100 within</dt>
        <dd>{latest?.p95 == null ? <span className="faint">no requests</span> : latency(latest.p95)}</dd>
        <dt>Image</dt>
        <dd className="mono small">{shortDigest(slot.image) ?? slot.image}</dd>
        <dt>Settings</dt>
        <dd>revision {slot.revision}</dd>
      </dl>
      <p className="row small" style={{ marginTop: 12 }}>
        <Link href={`/environments/${environment}/releases/${encodeURIComponent(slot.release)}`}>The release</Link>
        <Link href={`/environments/${environment}/tenants/${tenant.id}/logs?color=${color}`}>Its logs</Link>
        {role === "old" && tenant.operation && (
          <LinkButton href={`/operations/${tenant.operation.id}`} small>
            Held for going back
          </LinkButton>
        )}
      </p>
    </Card>
  );
}

function Pods({ pods, slot, shut }: { pods: Pod[] | undefined; slot: Role["slot"]; shut: string | null }) {
  if (pods === undefined)
    return <Status tone={slot.ready ? "done" : "bad"}>{slot.ready ? "Ready" : "Not ready"}</Status>;
  if (pods.length === 0) return <span className="faint">none{shut !== null && `: ${shut}`}</span>;
  const ready = pods.filter((pod) => pod.ready).length;
  const restarts = pods.reduce((sum, pod) => sum + pod.restarts, 0);
  return (
    <span className="row">
      <Status tone={ready === pods.length ? "done" : "bad"}>
        {ready} of {pods.length} ready
      </Status>
      {restarts > 0 && <span className="small muted">{restarts} restarts</span>}
    </span>
  );
}
