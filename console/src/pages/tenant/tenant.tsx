import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { tenantQuery } from "../../api/queries.ts";
import type { Tenant } from "../../api/types.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Skeleton } from "../../parts/note.tsx";
import { Page } from "../../parts/page.tsx";
import { LostPage } from "../lost.tsx";
import { TenantActions } from "./actions.tsx";
import { TenantAlerts } from "./alerts.tsx";
import { Callouts } from "./callouts.tsx";
import { NowTab } from "./now.tsx";
import "./tenant.css";

const ChangesTab = lazy(() => import("./changes.tsx"));
const LogsTab = lazy(() => import("./logs.tsx"));
const DataTab = lazy(() => import("./data.tsx"));
const InternalsTab = lazy(() => import("./internals.tsx"));

const tabs = [
  ["now", "Now"],
  ["changes", "Changes"],
  ["logs", "Logs"],
  ["data", "Data"],
  ["internals", "Internals"],
] as const;

/** One customer's copy of the application. What waits for a person stands above the tabs, whichever one is looked at. */
export default function TenantPage({ env, id, tab }: { env: string; id: string; tab: string }) {
  const tenant = useQuery(tenantQuery(env, id));
  if (!tabs.some(([name]) => name === tab)) return <LostPage />;
  return (
    <Page
      title={tenant.data?.name ?? id}
      name={`${id} in ${env}`}
      lead={tenant.data && <Lead tenant={tenant.data} />}
      actions={tenant.data && <TenantActions tenant={tenant.data} />}
    >
      <Loaded query={tenant} what="the tenant" lines={10}>
        {(data) => (
          <>
            <Callouts tenant={data} />
            <TenantAlerts env={env} id={id} />
            <nav className="tabs" aria-label={`About ${data.name}`}>
              {tabs.map(([name, word]) => (
                <Link
                  key={name}
                  href={`/environments/${env}/tenants/${id}${name === "now" ? "" : `/${name}`}`}
                  aria-current={tab === name ? "page" : undefined}
                >
                  {word}
                </Link>
              ))}
            </nav>
            <Suspense fallback={<Skeleton what="the tab" />}>
              {tab === "now" && <NowTab tenant={data} />}
              {tab === "changes" && <ChangesTab tenant={data} />}
              {tab === "logs" && <LogsTab tenant={data} />}
              {tab === "data" && <DataTab tenant={data} />}
              {tab === "internals" && <InternalsTab tenant={data} />}
            </Suspense>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Lead({ tenant: { id, environment, tier, ring, url } }: { tenant: Tenant }) {
  return (
    <p className="row">
      <span>
        {id} in {environment} · {tier} · ring {ring}
      </span>
      <a href={url} target="_blank" rel="noreferrer" className="row-tight breaks">
        {url.replace(/^https?:\/\//, "").replace(/\/$/, "")} <ExternalLink aria-hidden="true" />
      </a>
    </p>
  );
}
