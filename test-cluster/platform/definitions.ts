import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";

/**
 * Go modules that publish the definitions of custom resources, pinned by what their content comes to. The AWS Load Balancer
 * Controller has published none since version 1: its TargetGroupBinding can't be checked here.
 */
const modules = [
  {
    path: "github.com/prometheus-operator/prometheus-operator",
    version: "v0.93.1",
    sum: "h1:4Juk8v93RdG1DSGD/mGp+SeQKPmnlLIj2iq3blLZgFY=",
    directory: "example/prometheus-operator-crd",
    files: /_(podmonitors|prometheusrules|servicemonitors)\.yaml$/,
  },
  {
    path: "github.com/envoyproxy/gateway",
    version: "v1.9.0",
    sum: "h1:PaOpud15v3kDCl3L5yc1TdYzggCMpRm1yRjNKmLkzHA=",
    directory: "charts/gateway-helm/charts/crds/crds/generated",
    files: /_(clienttrafficpolicies|envoyproxies)\.yaml$/,
  },
  {
    path: "github.com/external-secrets/external-secrets",
    version: "v1.3.2",
    sum: "h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=",
    directory: "config/crds/bases",
    files: /_(secretstores|externalsecrets)\.yaml$/,
  },
  {
    path: "github.com/sigstore/policy-controller",
    version: "v0.13.1",
    sum: "h1:Woy+6bQ7pT/0m3/PSO2RtDxSHKBZ/8iHpCZFcZJThM8=",
    directory: "config",
    files: /^300-clusterimagepolicy\.yaml$/,
  },
];

export interface Definition {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: { conversion?: unknown };
}

/**
 * The definitions, fetched with Go where its cache has them not; without the webhooks that would convert between versions, as
 * nobody runs them here.
 */
export async function definitions(): Promise<Definition[]> {
  const elsewhere = await mkdtemp(join(tmpdir(), "teal-definitions-"));
  try {
    const asked = modules.map(({ path, version }) => `${path}@${version}`);
    // Outside of any module, so that no go.sum grows by it.
    const { stdout } = await promisify(execFile)("go", ["mod", "download", "-json", ...asked], {
      cwd: elsewhere,
      maxBuffer: 2 ** 24,
    });
    const got = JSON.parse(`[${stdout.replaceAll("}\n{", "},{")}]`) as { Path: string; Dir: string; Sum: string }[];
    const found = modules.map(async ({ path, sum, directory, files }) => {
      const one = got.find(({ Path }) => Path === path)!;
      assert.equal(one.Sum, sum, path);
      const names = (await readdir(join(one.Dir, directory))).filter((name) => files.test(name));
      return Promise.all(names.map((name) => readDefinition(join(one.Dir, directory, name))));
    });
    return (await Promise.all(found)).flat();
  } finally {
    await rm(elsewhere, { recursive: true });
  }
}

async function readDefinition(path: string): Promise<Definition> {
  const definition = parse(await readFile(path, "utf8")) as Definition;
  delete definition.spec.conversion;
  return definition;
}
