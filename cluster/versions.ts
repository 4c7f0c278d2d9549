import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TealError } from "../model/errors.ts";

/** Where go.mod is. */
export const moduleDirectory = import.meta.dirname;

/** What go.mod pins, each as a Go version such as `v1.36.3`. */
export interface Versions {
  kubernetes: string;
  etcd: string;
  gatewayApi: string;
  /** Changes whenever any module in go.mod or go.sum does; names the cache directory. */
  key: string;
}

/** Reads the pinned versions. Needs no Go: a cluster that was built once starts without it. */
export async function readVersions(directory = moduleDirectory): Promise<Versions> {
  const [goMod, goSum] = await Promise.all([
    readFile(join(directory, "go.mod"), "utf8"),
    readFile(join(directory, "go.sum"), "utf8"),
  ]);
  const kubernetes = pinned(goMod, "k8s.io/kubernetes");
  const digest = createHash("sha256").update(goMod).update("\0").update(goSum).digest("hex").slice(0, 8);
  return {
    kubernetes,
    etcd: pinned(goMod, "go.etcd.io/etcd/server/v3"),
    gatewayApi: pinned(goMod, "sigs.k8s.io/gateway-api"),
    key: `${kubernetes}-${digest}`,
  };
}

function pinned(goMod: string, module: string): string {
  for (const line of goMod.split("\n")) {
    const [path, version] = line
      .replace(/^require\s/, "")
      .trim()
      .split(/\s+/);
    if (path === module && version?.startsWith("v")) return version;
  }
  throw new TealError("cluster_version_missing", `cluster/go.mod should require ${module} at a version, but does not.`);
}
