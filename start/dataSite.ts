import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import type { DataSite } from "../automation/render.ts";
import { TealError } from "../model/errors.ts";
import { readPlatformOutputs } from "../model/platform.ts";
import { readDataTable } from "../tenant/plan/data/tiers.ts";
import type { Settings } from "./settings.ts";

/**
 * How what tenants have on AWS is kept; undefined where TEAL_PLATFORM is not set. Throws TealError `data_settings_invalid`,
 * `data_table_invalid`, `platform_outputs_invalid`.
 */
export function dataSiteOf(settings: Pick<Settings, "TEAL_PLATFORM" | "TEAL_DATA_TIERS">): DataSite | undefined {
  const { TEAL_PLATFORM: platform, TEAL_DATA_TIERS: table } = settings;
  if (platform === undefined) return undefined;
  return {
    platform: isFile(platform) ? readPlatformOutputs(fileAt("TEAL_PLATFORM", platform)) : platform,
    table: readDataTable(table === undefined ? {} : fileAt("TEAL_DATA_TIERS", table)),
  };
}

/** A stack's name has no suffix, and no slash in front. */
function isFile(platform: string): boolean {
  return /^[./]|\.(json|ya?ml)$/.test(platform);
}

function fileAt(setting: string, path: string): unknown {
  try {
    return parse(readFileSync(resolve(path), "utf8")) as unknown;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
    throw new TealError("data_settings_invalid", `${setting}: expected a file of JSON or YAML at ${path}: ${why}`, {
      cause,
    });
  }
}
