import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import type { Answer, Route } from "./http/route.ts";
import { problems, type ProblemCode } from "./problems.ts";

const fieldError = z
  .object({
    pointer: z.string().optional().meta({ description: "JSON pointer into the body", example: "/components/web/port" }),
    in: z.enum(["path", "query", "header"]).optional(),
    name: z.string().optional().meta({ description: "Name of the parameter or header" }),
    expected: z.string(),
    received: z.string().optional().meta({ description: "The value in short; of a secret only its type" }),
    message: z.string(),
  })
  .meta({ id: "FieldError" });

const problem = z
  .looseObject({
    type: z.string().meta({ example: "urn:teal:problem:tenant_busy" }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "What was expected, what came and what to do" }),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]).meta({ description: "Stable" }),
    instance: z.string().optional().meta({ description: "This occurrence, by the request's id as logged" }),
    errors: z.array(fieldError).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457; further members are evidence, such as the operation under way." });

/** The OpenAPI 3.1 document of the routes, made from the schemas that validate their requests. */
export function openApiDocument(routes: Route[], about: { version: string; token: boolean }) {
  const bearer = { type: "http" as const, scheme: "bearer" };
  const schemes = {
    ...(about.token && { token: { ...bearer, description: "The installation's TEAL_TOKEN" } }),
    alertsToken: { ...bearer, description: "TEAL_ALERTS_TOKEN, for what Alertmanager tells" },
  };
  const secured = about.token ? { security: [{ token: [] }] } : {};
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Teal",
      version: about.version,
      description: "Releases of a multi-tenant product on Kubernetes: one stack per tenant, upgraded blue/green.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    ...secured,
    components: { securitySchemes: schemes },
    paths: paths(routes),
  });
}

function paths(routes: Route[]): ZodOpenApiPathsObject {
  const byPath = Map.groupBy(routes, (r) => r.path);
  return Object.fromEntries(
    [...byPath].map(([path, sharing]) => [path, Object.fromEntries(sharing.map((r) => [r.method, operation(r)]))]),
  );
}

function operation(route: Route): ZodOpenApiOperationObject {
  const types = ["application/json", ...(route.bodyTypes ?? [])];
  const body = route.body && {
    required: route.bodyOptional !== true,
    content: Object.fromEntries(types.map((type) => [type, { schema: route.body }])),
  };
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    ...(route.access === "alerts" && { security: [{ alertsToken: [] }] }),
    requestParams: { path: route.params, query: route.query, header: route.headers },
    ...(body && { requestBody: body }),
    responses: { ...answers(route.answers), ...refusals(route) },
  };
}

function answers(declared: Record<number, Answer>): ZodOpenApiResponsesObject {
  return Object.fromEntries(
    Object.entries(declared).map(([status, answer]) => {
      const stream = answer.alsoStream && { "text/event-stream": { schema: z.string() } };
      const content = { [answer.type ?? "application/json"]: { schema: answer.schema ?? z.string() }, ...stream };
      const headers = Object.fromEntries(
        Object.entries(answer.headers ?? {}).map(([name, description]) => [name, z.string().meta({ description })]),
      );
      const body = Number(status) === 304 ? {} : { content };
      return [status, { description: answer.description, ...body, headers: z.object(headers) }];
    }),
  );
}

/** The problems of a route: its own, and those that any route with such inputs answers. */
function refusals(route: Route): ZodOpenApiResponsesObject {
  const ofBody: ProblemCode[] = ["invalid_json", "payload_too_large", "unsupported_media_type"];
  const ofApi: ProblemCode[] = ["unauthorized", "too_many_requests", "internal", "ledger_unavailable"];
  const codes: ProblemCode[] = [
    "invalid_input",
    ...(route.body ? ofBody : []),
    ...(route.path.includes("{env}") ? ["environment_not_found" as const] : []),
    ...(route.headers.shape["idempotency-key"] ? ["idempotency_conflict" as const] : []),
    ...(route.path.startsWith("/v1") ? ofApi : []),
    ...(route.problems ?? []),
  ];
  const byStatus = Map.groupBy([...new Set(codes)], (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, sharing]) => [
      String(status),
      {
        description: sharing.map((code) => `\`${code}\`: ${problems[code].title}.`).join(" "),
        content: { "application/problem+json": { schema: problem } },
      },
    ]),
  ) as ZodOpenApiResponsesObject;
}
