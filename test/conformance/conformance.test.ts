import { describeScenarios } from "./suite.ts";
import { withoutCluster } from "./scenarios/withoutCluster.ts";

/** The other scenarios need a kube-apiserver: test-cluster/conformance.test.ts. */
describe("conformance with Pulumi", () => describeScenarios(withoutCluster));
