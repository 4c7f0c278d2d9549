import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Cluster } from "../cluster/cluster.ts";
import type { PlatformConfig } from "../config/schema.ts";
import { splitsByAlb } from "../edge/albPlan.ts";
import { readBackRights } from "../edge/albRights.ts";
import { podRole, type PodRoleArgs } from "../identity/podRole.ts";
import { prefixOf } from "../names.ts";
import type { Network } from "../network/network.ts";
import { tellsTeal } from "../parts.ts";
import { adoptedRights } from "./adopted.ts";
import { tenantBackups } from "./backups.ts";
import { certificateRights } from "./certificates.ts";
import { database } from "./database.ts";
import { deploymentTable } from "./deployments.ts";
import { leftoverRights } from "./leftovers.ts";
import { alertsKey, namespace, serviceAccount } from "./names.ts";
import { stackState } from "./state.ts";
import { tenantDataRights } from "./tenantData.ts";

export interface ControlPlaneArgs {
  config: PlatformConfig;
  network: Network;
  cluster: Cluster;
  key: pulumi.Input<string>;
  logsKey: pulumi.Input<string>;
  /** ARN of the load balancer's listener. */
  listener: pulumi.Input<string>;
}

/** What Teal itself stands on in AWS: its database, its stacks' state, what it is told in confidence, and its rights. */
export class ControlPlane extends pulumi.ComponentResource {
  readonly backendUrl: pulumi.Output<string>;
  /** Name of the DynamoDB table for the state of deployments. */
  readonly deploymentTable: pulumi.Output<string>;
  /** Bucket for backups of what tenants have on AWS; undefined: they have nothing there. */
  readonly backupBucket: pulumi.Output<string> | undefined;
  readonly secret: Secret;
  /** What Alertmanager has to bear; none where it isn't ours. */
  readonly alertsToken: pulumi.Output<string> | undefined;
  /** Another one where the secrets are others. */
  readonly revision: pulumi.Output<string>;
  /** Annotations that Teal's service account needs. */
  readonly accountAnnotations: Record<string, pulumi.Output<string>>;

  constructor(name: string, args: ControlPlaneArgs, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:ControlPlane", name, {}, options);
    const under = { parent: this };
    const { config, network, cluster, key, logsKey, listener } = args;
    const password = (what: string, length: number) =>
      new RandomPassword(what, { length, special: false }, under).result;
    const { nodeSecurityGroup } = cluster;
    const url = database(
      { config, network, nodeSecurityGroup, key, logsKey, password: password("database", 40) },
      under,
    );
    const state = stackState({ config, key }, under);
    const deployments = deploymentTable({ config, key }, under);

    this.alertsToken = tellsTeal(config) ? password("alerts-token", 48) : undefined;
    const told = {
      DATABASE_URL: url,
      PULUMI_CONFIG_PASSPHRASE: password("passphrase", 48),
      TEAL_TOKEN: password("token", 48),
      ...(this.alertsToken && { [alertsKey]: this.alertsToken }),
    };
    this.secret = new Secret("teal", { namePrefix: `${prefixOf(config.environment)}/teal-`, kmsKeyId: key }, under);
    const secretString = pulumi.secret(pulumi.jsonStringify(told));
    new SecretVersion("teal", { secretId: this.secret.id, secretString }, under);
    // No secret itself: 64 bits of a digest of what has far more than that.
    this.revision = pulumi.unsecret(secretString.apply(digest));
    this.backendUrl = state.backendUrl;
    const held = config.controlPlane.tenantData ? tenantDataRights({ config, cluster }) : [];
    const backups = config.controlPlane.tenantData ? tenantBackups({ config, key }, under) : null;
    this.backupBucket = backups?.bucket;
    this.deploymentTable = deployments.name;
    const edge = splitsByAlb(config) ? [readBackRights] : certificateRights({ config, listener });
    const statements = [...state.statements, ...deployments.statements, ...edge, leftoverRights, ...held];
    const beside: PodRoleArgs["beside"] = backups ? { backups: backups.statements, ...adoptedRights(config) } : {};
    const rights = { cluster, namespace, serviceAccount, statements, beside };
    this.accountAnnotations = podRole("teal", rights, under).annotations;
    this.registerOutputs({});
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
