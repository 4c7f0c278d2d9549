import type { Request } from "express";
import { z } from "zod";
import type { EventFilter } from "../../automation/automation.ts";
import { environmentName } from "../../model/environment.ts";
import { endStates } from "../../model/operation.ts";
import { tenantId } from "../../model/tenant.ts";
import { eventView, pageOf } from "../../model/views.ts";
import { limitsOf, type Deps } from "../deps.ts";
import { eventStreams, type Feed } from "../events/stream.ts";
import { defaultLimit, pageQuery, wholeNumber } from "../http/parameters.ts";
import { route, type Reply, type Route } from "../http/route.ts";

const maxId = Number.MAX_SAFE_INTEGER;
const after = wholeNumber({ min: 0, max: maxId, description: "Id of the last event seen" }).optional();
const lastEventId = wholeNumber({ min: 0, max: maxId, description: "As `after`, which it goes before" }).optional();
const cursor = wholeNumber({ min: 0, max: maxId, description: "The `next` of the page before" }).optional();
const query = pageQuery.extend({ cursor, after });
const headers = z.object({ "last-event-id": lastEventId });
const tag = "Events";
const description =
  "JSON, oldest first; or, where Accept asks for text/event-stream, the same as server-sent events that go on live. " +
  "A stream begins after Last-Event-ID or `after`, else with the first event.";
const answers = { 200: { description: "Events, oldest first", schema: pageOf(eventView), alsoStream: true as const } };

type Query = z.output<typeof query>;

export function eventRoutes(deps: Deps): Route[] {
  const reply = replyWith(deps);
  const { operations } = deps.automation;
  return [
    route({
      method: "get",
      path: "/v1/operations/{id}/events",
      id: "listOperationEvents",
      tag,
      summary: "What happened in an operation",
      description: `${description} It ends, with an event \`end\`, when the operation has ended.`,
      params: z.strictObject({ id: z.uuid() }),
      query,
      headers,
      answers,
      problems: ["operation_not_found", "too_many_streams"],
      handle: async ({ params: { id }, query, headers, request }) => {
        // Throws where there is no such operation, for JSON too.
        await operations.get(id);
        const over = async () => {
          const { state } = await operations.get(id);
          return endStates.some((end) => end === state);
        };
        return reply(request, { operation: id }, { ...query, ...cursorOf(headers) }, over);
      },
    }),
    route({
      method: "get",
      path: "/v1/events",
      id: "listEvents",
      tag,
      summary: "What happened everywhere",
      description,
      query: query.extend({ environment: environmentName.optional(), tenant: tenantId.optional() }),
      headers,
      answers,
      problems: ["too_many_streams"],
      handle: ({ query: { environment, tenant, ...page }, headers, request }) => {
        const filter = { ...(environment && { environment }), ...(tenant && { tenant }) };
        return reply(request, filter, { ...page, ...cursorOf(headers) }, async () => false);
      },
    }),
  ];
}

function cursorOf(headers: { "last-event-id"?: number | undefined }): { after?: number } {
  const id = headers["last-event-id"];
  return id === undefined ? {} : { after: id };
}

function replyWith(deps: Deps) {
  const { events } = deps.automation;
  const stream = eventStreams(limitsOf(deps));
  return async (request: Request, filter: EventFilter, page: Query, over: Feed["over"]): Promise<Reply> => {
    const list = (from: number, limit: number) => events.list(filter, from, limit);
    const from = page.after ?? page.cursor ?? 0;
    if (wantsStream(request)) {
      const feed = { list, over, onNew: (listener: () => void) => events.onNew(listener) };
      return { stream: (response) => stream(feed, from, response) };
    }
    return { status: 200, body: await pageOfEvents(list, from, page.limit ?? defaultLimit) };
  };
}

// A HEAD has no body to stream.
function wantsStream(request: Request): boolean {
  const wanted = request.accepts(["application/json", "text/event-stream"]);
  return request.method === "GET" && wanted === "text/event-stream";
}

/** One more than asked for is read, to know whether there is a next page. */
async function pageOfEvents(list: Feed["list"], from: number, limit: number) {
  const found = await list(from, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last ? { items, next: String(last.id) } : { items };
}
