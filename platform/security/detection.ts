import * as pulumi from "@pulumi/pulumi";
import { Detector } from "@pulumi/aws/guardduty/detector.js";
import { DetectorFeature } from "@pulumi/aws/guardduty/detectorFeature.js";
import type { PlatformConfig } from "../config/schema.ts";

/** What GuardDuty looks at besides its own sources, by feature. */
const features = ["EKS_AUDIT_LOGS", "S3_DATA_EVENTS", "RDS_LOGIN_EVENTS", "EBS_MALWARE_PROTECTION"] as const;

/** GuardDuty over the account, with its agent on nodes, so that it sees what runs in pods. */
export class Detection extends pulumi.ComponentResource {
  constructor(name: string, config: PlatformConfig, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Detection", name, {}, options);
    const under = { parent: this };
    if (config.security.guardDuty === "create") {
      const detector = new Detector("detector", { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" }, under);
      for (const feature of features) {
        new DetectorFeature(feature, { detectorId: detector.id, name: feature, status: "ENABLED" }, under);
      }
      // GuardDuty keeps its agent on the cluster's nodes itself.
      const additionalConfigurations = [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }];
      new DetectorFeature(
        "RUNTIME_MONITORING",
        { detectorId: detector.id, name: "RUNTIME_MONITORING", status: "ENABLED", additionalConfigurations },
        under,
      );
    }
    this.registerOutputs({});
  }
}
