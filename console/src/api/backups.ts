import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { keyed } from "./act.ts";
import { api, body } from "./client.ts";
import type { RestoreSource } from "./types.ts";

type Path = { env: string; id: string };

export const backupsQuery = (env: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ["tenant", env, id, "backups"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/v1/environments/{env}/tenants/{id}/backups", {
          params: { path: { env, id }, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

/** The newest drills of a tenant, newest first. */
export const drillsQuery = (env: string, id: string) =>
  queryOptions({
    queryKey: ["tenant", env, id, "drills"],
    queryFn: async () =>
      (
        await body(
          api.GET("/v1/environments/{env}/tenants/{id}/drills", {
            params: { path: { env, id }, query: { limit: 20 } },
          }),
        )
      ).items,
  });

export const backups = {
  take: (path: Path, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/backups", { params: { path, ...keyed(key) }, body: { reason } }),
    ),
  drill: (path: Path, reason: string, key: string) =>
    body(api.POST("/v1/environments/{env}/tenants/{id}/drills", { params: { path, ...keyed(key) }, body: { reason } })),
  previewRestore: (path: Path, source: RestoreSource) =>
    body(api.POST("/v1/environments/{env}/tenants/{id}/restore/preview", { params: { path }, body: source })),
  restore: (path: Path, source: RestoreSource, plan: string, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/restore", {
        params: { path, ...keyed(key) },
        body: { ...source, plan, reason },
      }),
    ),
  previewConfirm: (path: Path, clusters: number[]) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/restore/confirm/preview", { params: { path }, body: { clusters } }),
    ),
  confirm: (path: Path, clusters: number[], plan: string, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/restore/confirm", {
        params: { path, ...keyed(key) },
        body: { clusters, plan, reason },
      }),
    ),
};
