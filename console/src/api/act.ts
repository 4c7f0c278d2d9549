import { useState } from "react";
import { api, body, whole } from "./client.ts";
import type { paths } from "./schema.d.ts";

/*
 * What people do. Each takes a key that stays the same while a dialog is open, so that a second press, or one after a lost
 * answer, does nothing twice.
 */

type TenantPath = { env: string; id: string };
type JsonBody<T> = T extends { requestBody?: infer B }
  ? NonNullable<B> extends { content: { "application/json": infer J } }
    ? J
    : never
  : never;
type Post<P extends keyof paths> = paths[P] extends { post: infer O } ? JsonBody<O> : never;

/** A new such key. (`crypto.randomUUID` is there on https and localhost only.) */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A key for `content`: the same while that is the same. */
export function useKeyFor(content: string): string {
  const [known, setKnown] = useState(() => ({ content, key: newKey() }));
  if (known.content === content) return known.key;
  const fresh = { content, key: newKey() };
  setKnown(fresh);
  return fresh.key;
}

export const keyed = (key: string) => ({ header: { "idempotency-key": key } });

type PlainIntervention = "pause" | "resume" | "reject" | "abort" | "rollback" | "finish";

export const act = {
  intervene: (id: string, name: PlainIntervention, reason: string, key: string) =>
    body(api.POST(`/v1/operations/{id}/${name}`, { params: { path: { id }, ...keyed(key) }, body: { reason } })),
  approve: (id: string, plan: string, reason: string, key: string) =>
    body(api.POST("/v1/operations/{id}/approve", { params: { path: { id }, ...keyed(key) }, body: { plan, reason } })),
  acknowledge: (id: string, reason: string, key: string) =>
    body(api.POST("/v1/operations/{id}/acknowledge", { params: { path: { id }, ...keyed(key) }, body: { reason } })),
  previewLink: (id: string, minutes: number) =>
    body(api.POST("/v1/operations/{id}/preview-link", { params: { path: { id } }, body: { minutes } })),
  stop: (env: string, reason: string, key: string) =>
    body(api.POST("/v1/environments/{env}/stop", { params: { path: { env }, ...keyed(key) }, body: { reason } })),
  resume: (env: string, reason: string, key: string) =>
    body(api.POST("/v1/environments/{env}/resume", { params: { path: { env }, ...keyed(key) }, body: { reason } })),
  manage: (env: string, reason: string) =>
    body(api.PUT("/v1/environments/{env}/mode", { params: { path: { env } }, body: { mode: "manage", reason } })),
  observe: (env: string, reason: string) =>
    body(api.PUT("/v1/environments/{env}/mode", { params: { path: { env } }, body: { mode: "observe", reason } })),
  restart: (path: TenantPath, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/restart", { params: { path, ...keyed(key) }, body: { reason } }),
    ),
  suspend: (path: TenantPath, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/suspend", { params: { path, ...keyed(key) }, body: { reason } }),
    ),
  unsuspend: (path: TenantPath, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/unsuspend", { params: { path, ...keyed(key) }, body: { reason } }),
    ),
  scale: (path: TenantPath, replicas: number | null, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/scale", {
        params: { path, ...keyed(key) },
        body: { replicas, reason },
      }),
    ),
  rollBack: (path: TenantPath, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/rollback", { params: { path, ...keyed(key) }, body: { reason } }),
    ),
  offboard: (path: TenantPath, reason: string, graceSeconds?: number) =>
    body(
      api.DELETE("/v1/environments/{env}/tenants/{id}", {
        params: { path, query: { reason, ...(graceSeconds !== undefined && { graceSeconds }) } },
      }),
    ),
  rollOut: (path: TenantPath, rollout: Post<"/v1/environments/{env}/tenants/{id}/rollouts">, key: string) =>
    body(api.POST("/v1/environments/{env}/tenants/{id}/rollouts", { params: { path, ...keyed(key) }, body: rollout })),
  provision: (env: string, tenant: Post<"/v1/environments/{env}/tenants">, key: string) =>
    body(api.POST("/v1/environments/{env}/tenants", { params: { path: { env }, ...keyed(key) }, body: tenant })),
  preview: (path: TenantPath, change: Post<"/v1/environments/{env}/tenants/{id}/preview">) =>
    body(api.POST("/v1/environments/{env}/tenants/{id}/preview", { params: { path }, body: change })),
  register: (env: string, release: Post<"/v1/environments/{env}/releases">, key: string) =>
    body(api.POST("/v1/environments/{env}/releases", { params: { path: { env }, ...keyed(key) }, body: release })),
  withdraw: (env: string, version: string, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/releases/{version}/withdraw", {
        params: { path: { env, version }, ...keyed(key) },
        body: { reason },
      }),
    ),
  promote: (env: string, version: string, to: string, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/releases/{version}/promote", {
        params: { path: { env, version }, ...keyed(key) },
        body: { to, reason },
      }),
    ),
  freeze: (env: string, freeze: Post<"/v1/environments/{env}/freezes">, key: string) =>
    body(api.POST("/v1/environments/{env}/freezes", { params: { path: { env }, ...keyed(key) }, body: freeze })),
  liftFreeze: (env: string, id: string, reason: string) =>
    body(api.DELETE("/v1/environments/{env}/freezes/{id}", { params: { path: { env, id }, query: { reason } } })),
  keepDrift: (path: TenantPath, plan: string, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/drift/keep", {
        params: { path, ...keyed(key) },
        body: { plan, reason },
      }),
    ),
  repair: (path: TenantPath, plan: string, reason: string, key: string) =>
    body(
      api.POST("/v1/environments/{env}/tenants/{id}/repair", {
        params: { path, ...keyed(key) },
        body: { plan, reason },
      }),
    ),
  setPolicy: (env: string, seen: number, change: { policy: Record<string, unknown>; reason: string }) =>
    body(
      api.PUT("/v1/environments/{env}/policy", {
        params: { path: { env }, header: { "if-match": `"${seen}"` } },
        body: change,
      }),
    ),
  /** The operation; or null where nothing changes. */
  async patch(path: TenantPath, revision: number, patch: Record<string, unknown>) {
    const { data, response } = await whole(
      api.PATCH("/v1/environments/{env}/tenants/{id}", {
        params: { path, header: { "if-match": `"${revision}"` } },
        body: patch,
      }),
    );
    return response.status === 202 && "kind" in data ? data : null;
  },
};
