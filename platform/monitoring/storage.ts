import * as pulumi from "@pulumi/pulumi";
import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass.js";
import type { PlatformConfig } from "../config/schema.ts";
import { storageClass } from "./values.ts";

/** Volumes of ours. Auto Mode has a driver of its own, whose role knows none of our keys: there AWS's key encrypts. */
export function volumes(
  { config, key }: { config: PlatformConfig; key: pulumi.Input<string> },
  options: pulumi.CustomResourceOptions,
): StorageClass {
  const auto = !config.cluster.existing && config.cluster.compute === "auto";
  return new StorageClass(
    storageClass,
    {
      metadata: { name: storageClass },
      provisioner: auto ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", ...(!auto && { kmsKeyId: key }) },
      reclaimPolicy: "Retain",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
    options,
  );
}
