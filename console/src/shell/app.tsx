import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useEffect, useRef } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Problem } from "../api/problem.ts";
import { Live } from "../live/live.tsx";
import { lazily, loadAll } from "../parts/lazily.ts";
import { Skeleton } from "../parts/note.tsx";
import { NeedsYouPage } from "../pages/needsYou/needsYou.tsx";
import { LostPage } from "../pages/lost.tsx";
import { ConnectionBar, ObservedBar, StoppedBar } from "./bars.tsx";
import { Side } from "./side.tsx";
import { TokenEntry } from "./tokenEntry.tsx";
import { Top } from "./top.tsx";

const FleetPage = lazily(() => import("../pages/fleet/fleet.tsx"));
const TenantPage = lazily(() => import("../pages/tenant/tenant.tsx"));
const OperationPage = lazily(() => import("../pages/operation/operation.tsx"));
const ReleasesPage = lazily(() => import("../pages/releases/releases.tsx"));
const ReleasePage = lazily(() => import("../pages/releases/release.tsx"));
const CalendarPage = lazily(() => import("../pages/calendar/calendar.tsx"));
const ActivityPage = lazily(() => import("../pages/activity/activity.tsx"));
const OffboardedPage = lazily(() => import("../pages/offboarded/offboarded.tsx"));
const StartPage = lazily(() => import("../pages/start/start.tsx"));
const CertificatesPage = lazily(() => import("../pages/certificates/certificates.tsx"));
const PolicyPage = lazily(() => import("../pages/policy/policy.tsx"));

/** What no answer came to, or what the server has trouble with, is asked for again; what it has refused is not. */
const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      networkMode: "always",
      retry: (times, error) => times < 3 && error instanceof Problem && (error.status === 0 || error.status >= 500),
      retryDelay: (times) => 400 * 2 ** times,
    },
    mutations: { networkMode: "always" },
  },
});

/** After what is shown first, milliseconds. */
const restAfter = 1500;

export function App() {
  useEffect(() => {
    const timer = setTimeout(() => void loadAll(), restAfter);
    return () => clearTimeout(timer);
  }, []);
  return (
    <QueryClientProvider client={client}>
      <Live />
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <div className="shell">
        <Side />
        <div className="column">
          <Top />
          <ConnectionBar />
          <StoppedBar />
          <ObservedBar />
          <Main />
        </div>
      </div>
      <TokenEntry />
    </QueryClientProvider>
  );
}

function Main() {
  const main = useFocusOnNewPage();
  return (
    <main id="main" className="main" tabIndex={-1} ref={main}>
      <Suspense fallback={<Skeleton what="the page" />}>
        <Switch>
          <Route path="/" component={NeedsYouPage} />
          <Route path="/activity" component={ActivityPage} />
          <Route path="/operations/:id">{({ id }) => <OperationPage key={id} id={id} />}</Route>
          <Route path="/environments/:env/fleet">{({ env }) => <FleetPage key={env} env={env} />}</Route>
          <Route path="/environments/:env/tenants/:id/:tab?">
            {({ env, id, tab }) => <TenantPage key={`${env}/${id}`} env={env} id={id} tab={tab ?? "now"} />}
          </Route>
          <Route path="/environments/:env/releases">{({ env }) => <ReleasesPage key={env} env={env} />}</Route>
          <Route path="/environments/:env/releases/:version">
            {({ env, version }) => (
              <ReleasePage key={`${env}/${version}`} env={env} version={decodeURIComponent(version)} />
            )}
          </Route>
          <Route path="/environments/:env/calendar">{({ env }) => <CalendarPage key={env} env={env} />}</Route>
          <Route path="/environments/:env/certificates">{({ env }) => <CertificatesPage key={env} env={env} />}</Route>
          <Route path="/environments/:env/offboarded">{({ env }) => <OffboardedPage key={env} env={env} />}</Route>
          <Route path="/environments/:env/policy">{({ env }) => <PolicyPage key={env} env={env} />}</Route>
          <Route path="/environments/:env/start/:what?">
            {({ env, what }) => <StartPage key={`${env}/${what}`} env={env} what={what ?? "tenant"} />}
          </Route>
          <Route path="/environments/:env">{({ env }) => <Redirect replace to={`/environments/${env}/fleet`} />}</Route>
          <Route component={LostPage} />
        </Switch>
      </Suspense>
    </main>
  );
}

/** Whoever goes to another page by keyboard begins at its content, not where the last one's link was. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const [path] = useLocation();
  // The tabs of a tenant are one page.
  const page = path.replace(/^(\/environments\/[^/]+\/tenants\/[^/]+)\/.*/, "$1");
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [page]);
  return main;
}
