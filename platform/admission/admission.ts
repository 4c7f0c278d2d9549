import * as pulumi from "@pulumi/pulumi";
import { getPublicKeyOutput } from "@pulumi/aws/kms/getPublicKey.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { chart } from "../charts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { podRole } from "../identity/podRole.ts";
import { namespace } from "../kubernetes/namespaces.ts";
import { namespaces } from "../names.ts";
import { admissionValues, imagePolicy, signatureAccount } from "./plan.ts";

export interface AdmissionArgs {
  config: PlatformConfig;
  cluster: Cluster;
  repositories: pulumi.Output<string>[];
  signingKey: pulumi.Input<string>;
}

/** Only images that pipelines signed with our key run in tenants' namespaces. */
export class Admission extends pulumi.ComponentResource {
  constructor(name: string, args: AdmissionArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Admission", name, {}, options);
    const under = { parent: this };
    const { config, cluster, repositories, signingKey } = args;
    const ns = namespace(namespaces.admission, "baseline", under);
    // Signatures lie beside images.
    const statements = [
      { Sid: "ReadSignatures", Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Resource: repositories },
      // Knows no resource.
      { Sid: "LogIn", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
    ];
    const account = { cluster, namespace: namespaces.admission, serviceAccount: signatureAccount, statements };
    const values = admissionValues(podRole("signatures", account, under).annotations);
    const after = { ...under, dependsOn: [ns] };
    const controller = chart("policy-controller", { namespace: namespaces.admission, values }, after);
    const { publicKeyPem } = getPublicKeyOutput({ keyId: signingKey }, under);
    new CustomResource("signed", imagePolicy(config, publicKeyPem), { ...under, dependsOn: [controller] });
    this.registerOutputs({});
  }
}
