import { numberOf } from "../tenant/draft.ts";

/** A release as it stands in the form. */
export const emptyRelease = {
  version: "",
  image: "",
  port: "8080",
  healthPath: "/healthz",
  path: "/",
  status: "200",
  /** Where its data is; empty: it keeps none in files. */
  volume: "",
  migration: "none",
  /** Words separated by spaces; empty: the application migrates when it starts. */
  migrate: "",
};
export type ReleaseDraft = typeof emptyRelease;

/** What the API is sent. What can't be read stays as it is, for the schema to find fault with. */
export function releaseOf(draft: ReleaseDraft) {
  const command = draft.migrate.split(/\s+/).filter(Boolean);
  return {
    version: draft.version.trim(),
    image: draft.image.trim(),
    components: { web: { port: numberOf(draft.port) as number, healthPath: draft.healthPath } },
    checks: [{ path: draft.path, status: numberOf(draft.status) as number }],
    ...(draft.volume.trim() !== "" && { volume: { path: draft.volume.trim() } }),
    ...(draft.migration !== "none" && {
      migration: { compatible: draft.migration === "compatible", ...(command.length > 0 && { command }) },
    }),
  };
}
