import express, { type Express, type Request } from "express";
import { TealError } from "../model/errors.ts";
import { limitsOf, type Deps } from "./deps.ts";
import { errorHandler } from "./http/errors.ts";
import { refuseForeign, requireToken } from "./http/guard.ts";
import { limitRate, neverStored, secureHeaders } from "./http/headers.ts";
import { observe } from "./http/observe.ts";
import { register } from "./http/register.ts";
import type { Route } from "./http/route.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { adoptionRoutes } from "./routes/adopting.ts";
import { backupRoutes } from "./routes/backups.ts";
import { certificateRoutes } from "./routes/certificates.ts";
import { consolePage } from "./routes/console.ts";
import { docsRoutes } from "./routes/docs.ts";
import { drillRoutes } from "./routes/drills.ts";
import { driftRoutes } from "./routes/drift.ts";
import { environmentRoutes } from "./routes/environments.ts";
import { eventRoutes } from "./routes/events.ts";
import { freezeRoutes } from "./routes/freezes.ts";
import { healthRoutes } from "./routes/health.ts";
import { lifecycleRoutes } from "./routes/lifecycle.ts";
import { offboardedRoutes } from "./routes/offboarded.ts";
import { operationRoutes } from "./routes/operations.ts";
import { policyRoutes } from "./routes/policies.ts";
import { previewLinkRoutes } from "./routes/previewLinks.ts";
import { previewRoutes } from "./routes/previews.ts";
import { overviewRoutes } from "./routes/overview.ts";
import { insideRoutes } from "./routes/inside.ts";
import { releaseRoutes } from "./routes/releases.ts";
import { rolloutRoutes } from "./routes/rollouts.ts";
import { tenantRoutes } from "./routes/tenants.ts";
import { webhookRoutes } from "./routes/webhooks.ts";

/** The whole server, not yet listening: see `listen`. */
export function createApp(deps: Deps): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag").enable("case sensitive routing");
  // Routes parse their queries themselves, strictly.
  app.set("query parser", false);
  app.use(observe(deps), secureHeaders);
  guard(app, deps);

  const routes = apiRoutes(deps);
  const docs = docsRoutes(deps, routes);
  register(app, [...routes, docs.route], deps);
  app.use("/docs", docs.page);
  app.use(consolePage());

  app.use((request: Request) => {
    throw new TealError(
      "route_not_found",
      `Expected a path of the API (see /docs); there is no ${shortPath(request)}.`,
    );
  });
  app.use(errorHandler(deps.logger));
  return app;
}

/** Every route of the API, as the OpenAPI document has them. */
export function apiRoutes(deps: Deps): Route[] {
  return [
    ...environmentRoutes(deps),
    ...policyRoutes(deps),
    ...freezeRoutes(deps),
    ...webhookRoutes(deps),
    ...releaseRoutes(deps),
    ...tenantRoutes(deps),
    ...adoptionRoutes(deps),
    ...rolloutRoutes(deps),
    ...lifecycleRoutes(deps),
    ...previewRoutes(deps),
    ...insideRoutes(deps),
    ...driftRoutes(deps),
    ...backupRoutes(deps),
    ...certificateRoutes(deps),
    ...drillRoutes(deps),
    ...offboardedRoutes(deps),
    ...operationRoutes(deps),
    ...previewLinkRoutes(deps),
    ...eventRoutes(deps),
    ...alertRoutes(deps),
    ...overviewRoutes(deps),
    ...healthRoutes(deps),
  ];
}

function guard(app: Express, deps: Deps): void {
  app.use("/v1", limitRate(limitsOf(deps).requestsPerMinute), neverStored);
  if (deps.token === undefined) app.use(refuseForeign(deps.listen));
  else app.use(["/v1", "/metrics"], requireToken(deps.token));
}

function shortPath(request: Request): string {
  return request.path.length > 100 ? `${request.path.slice(0, 100)}…` : request.path;
}
