import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { identityHeaders } from "./identity.ts";
import { askForToken } from "./client.ts";
import { Problem, unreachable } from "./problem.ts";
import type { Fleet } from "./types.ts";

interface Known {
  etag: string | null;
  fleet: Fleet;
}

/** All tenants of an environment. Thousands of rows: where nothing has changed, none are sent again. */
export const fleetQuery = (client: QueryClient, env: string) =>
  queryOptions({
    queryKey: ["fleet", env, "rows"],
    queryFn: async ({ queryKey }): Promise<Known> => {
      const known = client.getQueryData<Known>(queryKey);
      const answer = await fetch(`/v1/environments/${encodeURIComponent(env)}/fleet`, {
        cache: "no-store",
        headers: { ...identityHeaders(), ...(known?.etag && { "If-None-Match": known.etag }) },
      }).catch(() => {
        throw unreachable();
      });
      if (answer.status === 304 && known) return known;
      if (answer.status === 401) askForToken();
      if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
      return { etag: answer.headers.get("ETag"), fleet: (await answer.json()) as Fleet };
    },
  });
