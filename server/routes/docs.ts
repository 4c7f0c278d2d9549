import { Router, type RequestHandler } from "express";
import swaggerUi from "swagger-ui-express";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { secureHeadersOfDocs } from "../http/headers.ts";
import { route, type Route } from "../http/route.ts";
import { openApiDocument } from "../openapi.ts";

const assets =
  /^\/(swagger-ui\.css|swagger-ui-bundle\.js|swagger-ui-standalone-preset\.js|swagger-ui-init\.js|favicon-\d\dx\d\d\.png)$/;

/** The document of `routes` and of the route that serves it. */
export function docsRoutes(deps: Deps, routes: Route[]): { route: Route; page: Router } {
  const self = route({
    method: "get",
    path: "/v1/openapi.json",
    id: "getOpenApi",
    tag: "Documentation",
    summary: "This document: OpenAPI 3.1",
    answers: { 200: { description: "OpenAPI 3.1", schema: z.looseObject({ openapi: z.string() }) } },
    handle: () => ({ status: 200, body: document }),
  });
  const document = openApiDocument([...routes, self], { version: deps.version, token: deps.token !== undefined });
  return { route: self, page: docsPage(document) };
}

/** A readable page of the document, to be mounted; everything it loads is served from here. */
function docsPage(document: object): Router {
  // The page holds the document, so that it needs no token to be read.
  const options = { customSiteTitle: "Teal API", swaggerOptions: { validatorUrl: null, layout: "BaseLayout" } };
  const files: RequestHandler[] = swaggerUi.serveFiles(document, options);
  const page = Router({ strict: true });
  page.use(secureHeadersOfDocs);
  page.get("/", withSlash, swaggerUi.setup(document, options));
  page.get(assets, ...files);
  return page;
}

// The page's links are relative to a folder.
const withSlash: RequestHandler = (request, response, next) => {
  if (request.originalUrl.split("?")[0] === request.baseUrl) response.redirect(301, `${request.baseUrl}/`);
  else next();
};
