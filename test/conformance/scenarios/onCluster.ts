/** All scenarios that need a kube-apiserver. */
import type { Scenarios } from "../scenario.ts";
import { goldenScenarios } from "./golden.ts";
import { kubernetesScenarios } from "./kubernetes.ts";
import { optionScenarios } from "./options.ts";

export const onCluster: Scenarios = { ...goldenScenarios, ...optionScenarios, ...kubernetesScenarios };
