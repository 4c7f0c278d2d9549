import { parseS3Url } from "../engine/state/s3/url.ts";
import { TealError } from "../model/errors.ts";

interface StateSettings {
  TEAL_ENGINE: "embedded" | "cli";
  PULUMI_BACKEND_URL?: string | undefined;
}

/** What is wrong with where stack state is to be kept, as far as the embedded engine can tell; the CLI tells it by itself. */
export function stateProblems({ TEAL_ENGINE, PULUMI_BACKEND_URL: url }: StateSettings): string[] {
  if (TEAL_ENGINE !== "embedded" || !url || url.startsWith("file://")) return [];
  if (!url.startsWith("s3://"))
    return ["PULUMI_BACKEND_URL: expected file://… or s3://…, the only ones that TEAL_ENGINE=embedded knows."];
  try {
    parseS3Url(url);
    return [];
  } catch (error) {
    if (error instanceof TealError) return [`PULUMI_BACKEND_URL: ${error.message}.`];
    throw error;
  }
}
