import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "./client.ts";
import type { TealEvent } from "./types.ts";

/*
 * What the page reads. Keys begin with what live/affected.ts knows them by; everything about a tenant that its events may
 * change begins with ["tenant", environment, id]. What no event tells of (traffic, pods, logs) is read again by the clock.
 */

export const environmentsQuery = queryOptions({
  queryKey: ["environments"],
  queryFn: async () => (await body(api.GET("/v1/environments"))).items,
});

export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: () => body(api.GET("/v1/status")),
  refetchInterval: 10_000,
});

export const attentionQuery = queryOptions({
  queryKey: ["attention"],
  queryFn: () => body(api.GET("/v1/attention", { params: { query: { limit: 100 } } })),
});

export const skewQuery = (env: string) =>
  queryOptions({
    queryKey: ["fleet", env, "skew"],
    queryFn: () => body(api.GET("/v1/environments/{env}/skew", { params: { path: { env } } })),
  });

export const tenantQuery = (env: string, id: string) =>
  queryOptions({
    queryKey: ["tenant", env, id, "tenant"],
    queryFn: () => body(api.GET("/v1/environments/{env}/tenants/{id}", { params: { path: { env, id } } })),
  });

export const tenantOperationsQuery = (env: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ["tenant", env, id, "operations"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/v1/operations", {
          params: { query: { environment: env, tenant: id, limit: 20, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const tenantAlertsQuery = (env: string, id: string) =>
  queryOptions({
    queryKey: ["tenant", env, id, "alerts"],
    queryFn: async () => {
      const query = { environment: env, tenant: id, state: ["firing" as const], limit: 50 };
      return (await body(api.GET("/v1/alerts", { params: { query } }))).items;
    },
  });

/** Of the copy that an operation brings its release to, while it was under way. */
export const operationAlertsQuery = (id: string) =>
  queryOptions({
    queryKey: ["operation-alerts", id],
    queryFn: async () => (await body(api.GET("/v1/operations/{id}/alerts", { params: { path: { id } } }))).items,
  });

export const trafficQuery = (env: string, id: string, minutes = 30) =>
  queryOptions({
    queryKey: ["traffic", env, id, minutes],
    queryFn: () =>
      body(
        api.GET("/v1/environments/{env}/tenants/{id}/traffic", { params: { path: { env, id }, query: { minutes } } }),
      ),
    refetchInterval: 10_000,
  });

export const podsQuery = (env: string, id: string) =>
  queryOptions({
    queryKey: ["tenant", env, id, "pods"],
    queryFn: () => body(api.GET("/v1/environments/{env}/tenants/{id}/pods", { params: { path: { env, id } } })),
    refetchInterval: 10_000,
  });

export const logsQuery = (env: string, id: string, color: "blue" | "green" | undefined, previous: boolean) =>
  queryOptions({
    queryKey: ["logs", env, id, color, previous],
    queryFn: () =>
      body(
        api.GET("/v1/environments/{env}/tenants/{id}/logs", {
          params: { path: { env, id }, query: { lines: 200, previous, ...(color && { color }) } },
        }),
      ),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });

export const stackQuery = (env: string, id: string) =>
  queryOptions({
    queryKey: ["tenant", env, id, "stack"],
    queryFn: () => body(api.GET("/v1/environments/{env}/tenants/{id}/stack", { params: { path: { env, id } } })),
  });

/** A record that somebody sets outside is no event until the certificate is issued. */
export const tenantCertificatesQuery = (env: string, id: string) =>
  queryOptions({
    queryKey: ["tenant", env, id, "certificates"],
    queryFn: () => body(api.GET("/v1/environments/{env}/tenants/{id}/certificates", { params: { path: { env, id } } })),
    refetchInterval: 10_000,
  });

export const certificatesQuery = (env: string) =>
  queryOptions({
    queryKey: ["certificates", env],
    queryFn: () =>
      body(api.GET("/v1/environments/{env}/certificates", { params: { path: { env }, query: { limit: 200 } } })),
    refetchInterval: 10_000,
  });

/** Reads the cluster: only when asked. */
export const driftQuery = (env: string, id: string) =>
  queryOptions({
    queryKey: ["drift", env, id],
    queryFn: () => body(api.GET("/v1/environments/{env}/tenants/{id}/drift", { params: { path: { env, id } } })),
    enabled: false,
    gcTime: 0,
  });

export const operationQuery = (id: string) =>
  queryOptions({
    queryKey: ["operation", id],
    queryFn: () => body(api.GET("/v1/operations/{id}", { params: { path: { id } } })),
  });

/** All events of an operation, oldest first. New ones are put in as they come: see live.tsx. */
export const eventsQuery = (id: string) =>
  queryOptions({
    queryKey: ["events", id],
    queryFn: async () => {
      const events: TealEvent[] = [];
      for (let cursor: number | undefined; ;) {
        const query = { limit: 200, ...(cursor !== undefined && { cursor }) };
        const page = await body(api.GET("/v1/operations/{id}/events", { params: { path: { id }, query } }));
        // Only whoever asks for a stream is answered with text.
        if (typeof page === "string") throw new TypeError("Expected JSON; got text.");
        events.push(...page.items);
        if (page.next === undefined) return events;
        cursor = Number(page.next);
      }
    },
  });

export const outputQuery = (id: string) =>
  queryOptions({
    queryKey: ["operation", id, "output"],
    queryFn: () => body(api.GET("/v1/operations/{id}/output", { params: { path: { id } } })),
  });

export const releasesQuery = (env: string) =>
  queryOptions({
    queryKey: ["releases", env],
    queryFn: async () =>
      (await body(api.GET("/v1/environments/{env}/releases", { params: { path: { env }, query: { limit: 200 } } })))
        .items,
  });

export const releaseQuery = (env: string, version: string) =>
  queryOptions({
    queryKey: ["releases", env, version],
    queryFn: () => body(api.GET("/v1/environments/{env}/releases/{version}", { params: { path: { env, version } } })),
  });

export const adoptionQuery = (env: string, version: string) =>
  queryOptions({
    queryKey: ["adoption", env, version],
    queryFn: () =>
      body(
        api.GET("/v1/environments/{env}/releases/{version}/adoption", {
          params: { path: { env, version }, query: { limit: 100 } },
        }),
      ),
  });

export const policyQuery = (env: string) =>
  queryOptions({
    queryKey: ["policy", env],
    queryFn: () => body(api.GET("/v1/environments/{env}/policy", { params: { path: { env } } })),
  });

export const freezesQuery = (env: string) =>
  queryOptions({
    queryKey: ["freezes", env],
    queryFn: async () => (await body(api.GET("/v1/environments/{env}/freezes", { params: { path: { env } } }))).items,
  });

export const calendarQuery = (env: string, from: string, to: string) =>
  queryOptions({
    queryKey: ["calendar", env, from, to],
    queryFn: () => body(api.GET("/v1/environments/{env}/calendar", { params: { path: { env }, query: { from, to } } })),
    placeholderData: keepPreviousData,
  });

export interface ActivityFilter {
  environment?: string | undefined;
  tenant?: string | undefined;
  actor?: string | undefined;
  people?: boolean | undefined;
  since?: string | undefined;
}

export const activityQuery = (filter: ActivityFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ["activity", filter, limit],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const query = { ...given(filter), limit, ...(pageParam && { cursor: pageParam }) };
      return body(api.GET("/v1/activity", { params: { query } }));
    },
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** Without what is left empty. */
function given(filter: ActivityFilter) {
  const { environment, tenant, actor, people, since } = filter;
  return {
    ...(environment && { environment }),
    ...(tenant && { tenant }),
    ...(actor && { actor }),
    ...(people && { people }),
    ...(since && { since }),
  };
}
