import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuild } from "../cluster/build.ts";
import { type Cluster, startCluster, stopCluster, tealSettings } from "../cluster/cluster.ts";
import { kubeconfigOf, layoutOf } from "../cluster/layout.ts";
import { readVersions } from "../cluster/versions.ts";
import { TealError } from "../model/errors.ts";
import { type TestGround, TestTeal } from "../test/e2e/teal.ts";

/** A cluster for one suite, in a directory of its own. */
export interface TestCluster extends Cluster {
  state: string;
  /** Ends it and removes all that it kept. */
  remove(): Promise<void>;
}

export async function makeCluster(): Promise<TestCluster> {
  const state = await mkdtemp(join(tmpdir(), "teal-cluster-"));
  const remove = async () => {
    await stopCluster(state);
    await rm(state, { recursive: true, force: true });
  };
  try {
    return { ...(await startCluster({ state, port: 0 })), state, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What a Teal of a test is started with on that cluster: with the rights of its own ClusterRole, at a pace for tests. */
export function tealOn(cluster: Cluster): NodeJS.ProcessEnv {
  return { ...tealSettings(cluster), PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests", TEAL_PACE: "demo" };
}

async function makeGround(): Promise<TestGround> {
  const cluster = await makeCluster();
  const administrator = kubeconfigOf(layoutOf(cluster.state), "admin");
  return { env: tealOn(cluster), administrator, stop: () => cluster.remove() };
}

/**
 * Before any test, so that none of them has to wait for a build. On a machine that can't build, all are skipped with a line
 * that says so, but in CI, where nothing may be skipped.
 */
export async function mochaGlobalSetup(): Promise<void> {
  try {
    await ensureBuild(await readVersions(), (line) => console.log(line));
  } catch (error) {
    if (!(error instanceof TealError && error.code === "go_missing") || process.env["CI"]) throw error;
    console.log(`The cluster suite is skipped. ${error.message}`);
    process.exit(0);
  }
}

/** Every Teal of the end-to-end suite gets a new cluster: tests of one file find nothing that another one left. */
TestTeal.makeGround = makeGround;
