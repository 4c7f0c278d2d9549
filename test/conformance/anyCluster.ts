/** All scenarios on the cluster of KUBECONFIG: `npm run test:conformance`. */
import { onCluster } from "./scenarios/onCluster.ts";
import { withoutCluster } from "./scenarios/withoutCluster.ts";
import { describeScenarios } from "./suite.ts";

const kubeconfig = process.env["KUBECONFIG"];
if (!kubeconfig) throw new Error("Expected KUBECONFIG to name a cluster, as `npm run cluster` prints it.");

describe("conformance with Pulumi", () => {
  describeScenarios(withoutCluster);
  describeScenarios(onCluster, () => kubeconfig);
});
