import type * as pulumi from "@pulumi/pulumi";

/** A cluster that the tenant has, made by its stack or adopted. */
export interface MadeCluster {
  generation: number;
  identifier: string;
  arn: pulumi.Output<string>;
  resourceId: pulumi.Output<string>;
  host: pulumi.Output<string>;
  port: pulumi.Input<number>;
}

/** The tenant's bucket, made by its stack or adopted. */
export interface HeldBucket {
  name: pulumi.Input<string>;
  arn: pulumi.Output<string>;
  /** ARN of the key that it is encrypted with, where that is not the tenant's own and one that needs rights. */
  otherKey: string | null;
}
