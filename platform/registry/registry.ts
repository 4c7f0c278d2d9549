import * as pulumi from "@pulumi/pulumi";
import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy.js";
import { Repository } from "@pulumi/aws/ecr/repository.js";
import type { PlatformConfig } from "../config/schema.ts";
import { lifecyclePolicy, repositoryName } from "./plan.ts";

export interface RegistryArgs {
  config: PlatformConfig;
  key: pulumi.Input<string>;
}

/** A repository per application, whose tags never move, and whose images are scanned as they come. */
export class Registry extends pulumi.ComponentResource {
  /** URL of each application's repository. */
  readonly urls: pulumi.Output<Record<string, string>>;
  readonly arns: pulumi.Output<string>[];

  constructor(name: string, { config, key }: RegistryArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Registry", name, {}, options);
    const under = { parent: this };
    const repositories = config.registry.applications.map((application) => {
      const repository = new Repository(
        application,
        {
          name: repositoryName(config.environment, application),
          imageTagMutability: "IMMUTABLE",
          imageScanningConfiguration: { scanOnPush: true },
          encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key }],
          forceDelete: false,
        },
        under,
      );
      const policy = JSON.stringify(lifecyclePolicy(config.registry));
      new LifecyclePolicy(application, { repository: repository.name, policy }, under);
      return [application, repository] as const;
    });
    this.urls = pulumi.output(
      Object.fromEntries(repositories.map(([application, { repositoryUrl }]) => [application, repositoryUrl])),
    );
    this.arns = repositories.map(([, { arn }]) => arn);
    this.registerOutputs({});
  }
}
