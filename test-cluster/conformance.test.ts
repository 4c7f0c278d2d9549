import { stopCluster } from "../cluster/cluster.ts";
import { onCluster } from "../test/conformance/scenarios/onCluster.ts";
import { describeScenarios } from "../test/conformance/suite.ts";
import { makeCluster, type TestCluster } from "./ground.ts";

describe("conformance with Pulumi", function () {
  let cluster: TestCluster;

  before(async () => {
    cluster = await makeCluster();
    // What the real CLI did was seen on a cluster where nothing ran.
    await stopCluster(cluster.state, ["gateway", "node"]);
  });
  after(() => cluster.remove());

  describeScenarios(onCluster, () => cluster.kubeconfig);
});
