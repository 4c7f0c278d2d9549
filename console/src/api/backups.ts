import { infiniteQueryOptions } from "@tanstack/react-query";
import type { BackupView, RestorePreview, RestoreSource } from "../../../model/backup.ts";
import { send } from "./send.ts";
import type { Operation } from "./types.ts";

type Path = { env: string; id: string };
const tenantPath = ({ env, id }: Path) =>
  `/v1/environments/${encodeURIComponent(env)}/tenants/${encodeURIComponent(id)}`;

export const backupsQuery = (env: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ["tenant", env, id, "backups"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      send<{ items: BackupView[]; next?: string }>(
        "GET",
        `${tenantPath({ env, id })}/backups?limit=20${pageParam === undefined ? "" : `&cursor=${encodeURIComponent(pageParam)}`}`,
      ),
    getNextPageParam: (page) => page.next,
  });

export const backups = {
  take: (path: Path, reason: string, key: string) =>
    send<Operation>("POST", `${tenantPath(path)}/backups`, { reason }, key),
  previewRestore: (path: Path, source: RestoreSource) =>
    send<RestorePreview>("POST", `${tenantPath(path)}/restore/preview`, source),
  restore: (path: Path, source: RestoreSource, plan: string, reason: string, key: string) =>
    send<Operation>("POST", `${tenantPath(path)}/restore`, { ...source, plan, reason }, key),
};
