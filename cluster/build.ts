import { constants } from "node:fs";
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { go } from "./go.ts";
import type { Versions } from "./versions.ts";

/** A directory with everything that running the cluster takes, so that Go is needed to build it and never again. */
export interface Build {
  etcd: string;
  apiserver: string;
  controllerManager: string;
  kubectl: string;
  /** Directory of the Gateway API's CustomResourceDefinitions (standard channel), as YAML files. */
  definitions: string;
}

const programs = [
  { name: "etcd", package: "go.etcd.io/etcd/server/v3" },
  { name: "kube-apiserver", package: "k8s.io/kubernetes/cmd/kube-apiserver" },
  { name: "kube-controller-manager", package: "k8s.io/kubernetes/cmd/kube-controller-manager" },
  { name: "kubectl", package: "k8s.io/kubernetes/cmd/kubectl" },
];

/** `$XDG_CACHE_HOME/teal`, by default `~/.cache/teal`: outside the repository, shared by all its checkouts. */
export function cacheDirectory(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "teal");
}

/**
 * Gives the built cluster of these versions: from the cache, or built there now (minutes the first time).
 *
 * @throws TealError `go_missing`, `go_failed`
 */
export async function ensureBuild(
  versions: Versions,
  log: (line: string) => void,
  cache = cacheDirectory(),
): Promise<Build> {
  const directory = join(cache, `cluster-${versions.key}`);
  if (!(await exists(directory))) await build(directory, versions, log);
  return {
    etcd: join(directory, "etcd"),
    apiserver: join(directory, "kube-apiserver"),
    controllerManager: join(directory, "kube-controller-manager"),
    kubectl: join(directory, "kubectl"),
    definitions: join(directory, "gateway-api"),
  };
}

async function build(directory: string, versions: Versions, log: (line: string) => void): Promise<void> {
  // First of all, so that without Go this says just that.
  await go(["version"]);
  log(`building Kubernetes ${versions.kubernetes} and etcd ${versions.etcd} from source (minutes, once)`);
  // Built beside the place and moved there when complete: an interrupted build is never taken for a whole one.
  const unfinished = `${directory}.unfinished-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    for (const program of programs) {
      const began = performance.now();
      await go([
        "build",
        "-trimpath",
        "-ldflags",
        linkerFlags(versions),
        "-o",
        join(unfinished, program.name),
        program.package,
      ]);
      log(`  ${program.name} built in ${Math.round((performance.now() - began) / 1000)} s`);
    }
    await go(["mod", "download", "sigs.k8s.io/gateway-api"]);
    const gatewayApi = (await go(["list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api"])).trim();
    await copyFiles(join(gatewayApi, "config/crd/standard"), join(unfinished, "gateway-api"));
    await rename(unfinished, directory).catch(async (cause: unknown) => {
      // Another process has built the same meanwhile.
      if (!(await exists(directory))) throw cause;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Contents only: directories of Go's module cache can't be written to or removed, and copies of them should be. */
async function copyFiles(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(from)) await writeFile(join(to, name), await readFile(join(from, name)));
}

/** Kubernetes takes its version from the linker; without it a server calls itself v0.0.0-master and clients go wrong. */
function linkerFlags({ kubernetes }: Versions): string {
  const [major, minor] = kubernetes.slice(1).split(".");
  const values = { gitVersion: kubernetes, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const flags = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((target) =>
    Object.entries(values).map(([name, value]) => `-X ${target}.${name}=${value}`),
  );
  return ["-s", "-w", ...flags].join(" ");
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
