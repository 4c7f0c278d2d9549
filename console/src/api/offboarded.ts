import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { keyed } from "./act.ts";
import { api, body } from "./client.ts";

export const offboardedQuery = (env: string) =>
  infiniteQueryOptions({
    queryKey: ["offboarded", env],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/v1/environments/{env}/offboarded", {
          params: { path: { env }, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

/** By the offboarding's id; there is one once the tenant is removed. */
export const offboardedOneQuery = (env: string, operation: string) =>
  queryOptions({
    queryKey: ["offboarded", env, operation],
    queryFn: () =>
      body(api.GET("/v1/environments/{env}/offboarded/{operation}", { params: { path: { env, operation } } })),
  });

export function hold(env: string, operation: string, until: string, reason: string, key: string) {
  return body(
    api.POST("/v1/environments/{env}/offboarded/{operation}/hold", {
      params: { path: { env, operation }, ...keyed(key) },
      body: { until, reason },
    }),
  );
}
