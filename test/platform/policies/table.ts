import { isDeepStrictEqual } from "node:util";
import { retentions } from "../../../platform/config/schema.ts";
import { protectedTypes } from "../../../platform/protection.ts";
import type { Made } from "../program.ts";
import { ofType, statementsOf, wrong, type Inputs, type Policy } from "./policy.ts";

const keyArn = (purpose: string) => `arn:aws:kms:eu-central-1:123456789012:${purpose}`;
const closed = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

/** Policies of the search service, which are JSON. */
function searchPolicies(made: readonly Made[], kind: string): { name: string; rules: Inputs }[] {
  return ofType(made, "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy")
    .filter(({ inputs }) => inputs.type === kind)
    .map(({ name, inputs }) => ({ name, rules: JSON.parse(inputs.policy) }));
}

/** By our key; Auto Mode's own driver, whose role has no right to it, by AWS's. */
function encryptedVolumes({ provisioner, parameters }: Inputs): boolean {
  const ours = provisioner === "ebs.csi.eks.amazonaws.com" || parameters.kmsKeyId === keyArn("disks");
  return parameters.encrypted === "true" && ours;
}

const nothingPublic: Policy = {
  name: "nothing is public but the one load balancer",
  violations: (made) => [
    ...ofType(made, "aws:lb/loadBalancer:LoadBalancer")
      .filter(({ name }) => name !== "tenants")
      .map(({ name }) => `load balancer ${name}`),
    ...wrong(
      made,
      ["aws:ec2/subnet:Subnet"],
      "gives out public addresses",
      (i: Inputs) => i.mapPublicIpOnLaunch === false,
    ),
    ...wrong(
      made,
      ["aws:rds/clusterInstance:ClusterInstance"],
      "is public",
      (i: Inputs) => i.publiclyAccessible === false,
    ),
    ...wrong(made, ["aws:s3/bucket:Bucket"], "may become public", (_, { name }) =>
      ofType(made, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").some(
        ({ name: of, inputs: { bucket: _bucket, ...rest } }) => of === name && isDeepStrictEqual(rest, closed),
      ),
    ),
    ...wrong(made, ["aws:ec2/eip:Eip"], "is for no NAT gateway", (_, { name }) => name.startsWith("nat-")),
    ...wrong(
      made,
      ["aws:ec2/launchTemplate:LaunchTemplate"],
      "has interfaces of its own",
      (i: Inputs) => i.networkInterfaces === undefined,
    ),
    ...wrong(made, ["eks:index:Cluster"], "answers to everybody", (i: Inputs) =>
      i.endpointPublicAccess ? i.publicAccessCidrs.length > 0 && !i.publicAccessCidrs.includes("0.0.0.0/0") : true,
    ),
    ...wrong(
      made,
      ["kubernetes:core/v1:Service"],
      "is reached from outside",
      (i: Inputs) => i.spec.type === "ClusterIP",
    ),
  ],
  broken: { of: "aws:ec2/subnet:Subnet::private-a", by: (inputs) => (inputs.mapPublicIpOnLaunch = true) },
};

/** What holds data, where its key is said, and which key it has to be. */
const encrypted: Record<string, [purpose: string, key: (inputs: Inputs) => unknown]> = {
  "aws:cloudwatch/logGroup:LogGroup": ["logs", (i) => i.kmsKeyId],
  "aws:dynamodb/table:Table": ["data", (i) => i.serverSideEncryption.enabled && i.serverSideEncryption.kmsKeyArn],
  "aws:rds/cluster:Cluster": ["data", (i) => i.storageEncrypted && i.kmsKeyId],
  "aws:rds/clusterInstance:ClusterInstance": ["data", (i) => i.performanceInsightsKmsKeyId],
  "aws:secretsmanager/secret:Secret": ["data", (i) => i.kmsKeyId],
  "aws:ecr/repository:Repository": ["registry", (i) => i.encryptionConfigurations[0].kmsKey],
  "aws:sns/topic:Topic": ["logs", (i) => i.kmsMasterKeyId],
  "eks:index:Cluster": ["cluster", (i) => i.encryptionConfigKeyArn],
};
/** The load balancer can write access logs with S3's own key only: AWS's rule, not ours. */
const s3OwnKey = ["access-logs"];

const ourKeys: Policy = {
  name: "data is encrypted with our keys, each for its purpose",
  violations: (made) => [
    ...Object.entries(encrypted).flatMap(([type, [purpose, key]]) =>
      wrong(made, [type], `is not encrypted with key ${purpose}`, (inputs) => key(inputs) === keyArn(purpose)),
    ),
    ...wrong(made, ["aws:ec2/launchTemplate:LaunchTemplate"], "has volumes without key disks", (i: Inputs) =>
      i.blockDeviceMappings.every(({ ebs }: Inputs) => ebs.encrypted === "true" && ebs.kmsKeyId === keyArn("disks")),
    ),
    ...wrong(made, ["aws:s3/bucket:Bucket"], "is not encrypted with key data", (_, { name }) => {
      const rules = ofType(
        made,
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      )
        .filter((one) => one.name === name)
        .map(({ inputs }) => inputs.rules[0].applyServerSideEncryptionByDefault);
      return rules.some((rule: Inputs) => s3OwnKey.includes(name) || rule.kmsMasterKeyId === keyArn("data"));
    }),
    ...searchPolicies(made, "encryption")
      .filter(({ rules }) => rules.AWSOwnedKey || rules.KmsARN !== keyArn("logs"))
      .map(({ name }) => `search ${name}`),
    ...wrong(made, ["kubernetes:storage.k8s.io/v1:StorageClass"], "is not encrypted", encryptedVolumes),
    ...wrong(
      made,
      ["aws:kms/key:Key"],
      "is not rotated",
      (i: Inputs) => i.keyUsage === "SIGN_VERIFY" || i.enableKeyRotation,
    ),
  ],
  broken: { of: "aws:rds/cluster:Cluster::database", by: (inputs) => delete inputs.kmsKeyId },
};

/** What may be done to everything: looking, where AWS knows no resources to look at. */
const looks = /^[a-z0-9-]+:(Describe|List|Get)[A-Za-z]+$/;
const identityPolicies = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"];
/** AWS's own policies that are attached to a role, and why ours would be no narrower. */
const attachable = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonEC2ContainerRegistryPullOnly",
  "service-role/AmazonEBSCSIDriverPolicy",
  "AmazonEKSFargatePodExecutionRolePolicy",
].map((name) => `arn:aws:iam::aws:policy/${name}`);

/** Actions that make what has no ARN before. */
const makes = ["acm:RequestCertificate", "kms:CreateKey", "kms:TagResource"];

const leastRights: Policy = {
  name: "no wildcard action, and on all resources nothing but looking",
  violations: (made) => [
    ...ofType(made, ...identityPolicies).flatMap(({ name, inputs }) =>
      statementsOf(inputs.policy).flatMap(({ Action, Resource, Effect, Condition }) => {
        if (Effect !== "Allow") return [];
        // What is not there yet has no name: it has to be tagged as ours.
        const makesOurs = JSON.stringify(Condition ?? {}).includes('"aws:RequestTag/teal:');
        const everywhere = [Resource].flat().includes("*");
        const bad = Action.filter(
          (action) =>
            action.includes("*") || (everywhere && !looks.test(action) && !(makesOurs && makes.includes(action))),
        );
        return bad.map((action) => `${name}: ${action} on ${JSON.stringify(Resource)}`);
      }),
    ),
    ...wrong(made, ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"], "is of no known policy", (i: Inputs) =>
      attachable.includes(i.policyArn),
    ),
    // In a bucket's or key's own policy `*` stands for that one, and a principal has to be said.
    ...ofType(made, "aws:s3/bucketPolicy:BucketPolicy", "aws:kms/key:Key").flatMap(({ name, inputs }) =>
      statementsOf(inputs.policy)
        .filter(({ Effect, Principal }) => Effect === "Allow" && isDeepStrictEqual(Principal, "*"))
        .map(() => `${name}: everybody may`),
    ),
    // Whoever takes a role has to be one service, or one service account of one cluster.
    ...ofType(made, "aws:iam/role:Role").flatMap(({ name, inputs }) =>
      statementsOf(inputs.assumeRolePolicy)
        .filter(({ Principal }) => JSON.stringify(Principal).includes("*"))
        .map(() => `${name}: anybody takes it`),
    ),
  ],
  broken: {
    of: "aws:iam/rolePolicy:RolePolicy::teal",
    by: (inputs) => {
      inputs.policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:DeleteObject"], Resource: "*" }] });
    },
  },
};

const httpsOnly: Policy = {
  name: "from everywhere nothing is let in but port 443, to the load balancer",
  violations: (made) => [
    ...ofType(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(
        ({ inputs: i }) => ["0.0.0.0/0", undefined].includes(i.cidrIpv4) && i.referencedSecurityGroupId === undefined,
      )
      .filter(({ inputs: i }) => i.fromPort !== 443 || i.toPort !== 443 || i.securityGroupId !== "load-balancer-id")
      .map(({ name }) => `rule ${name}`),
    ...wrong(
      made,
      ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"],
      "is for IPv6",
      (i: Inputs) => i.cidrIpv6 === undefined,
    ),
    ...wrong(
      made,
      ["aws:ec2/securityGroup:SecurityGroup"],
      "has rules of its own",
      (i: Inputs) => i.ingress === undefined && i.egress === undefined,
    ),
    ...wrong(made, ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"], "lets something through", (i: Inputs) =>
      isDeepStrictEqual([i.ingress, i.egress], [[], []]),
    ),
    ...wrong(
      made,
      ["aws:lb/listener:Listener"],
      "is not TLS 1.2 or later",
      (i: Inputs) => i.protocol === "HTTPS" && i.port === 443 && i.sslPolicy.startsWith("ELBSecurityPolicy-TLS13-1-2"),
    ),
  ],
  broken: {
    of: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::database",
    by: (inputs) => {
      delete inputs.referencedSecurityGroupId;
      inputs.cidrIpv4 = "0.0.0.0/0";
    },
  },
};

const tagged: Policy = {
  name: "everything is tagged",
  violations: (made) => [
    ...made
      .filter(({ type, isCustom }) => isCustom && type.startsWith("aws:"))
      .filter(({ provider }) => !provider.includes("pulumi:providers:aws::aws::"))
      .map(({ type, name }) => `${type}::${name}: is made by another provider than the one that tags`),
    // Inputs of providers are JSON in strings.
    ...wrong(made, ["pulumi:providers:aws"], "tags nothing", (i: Inputs) => i.defaultTags.includes("teal:environment")),
    ...wrong(made, ["aws:ec2/launchTemplate:LaunchTemplate"], "leaves nodes without tags", (i: Inputs) =>
      ["instance", "volume", "network-interface"].every((kind) =>
        i.tagSpecifications.some(({ resourceType, tags }: Inputs) => resourceType === kind && tags["teal:environment"]),
      ),
    ),
    ...wrong(
      made,
      ["eks:index:Cluster"],
      "tags nothing within",
      (i: Inputs) => i.tags["teal:environment"] !== undefined,
    ),
  ],
  broken: { of: "aws:sns/topic:Topic::alerts", by: (_, made) => (made.provider = "") },
};

const lasting: Policy = {
  name: "what holds data or carries tenants can be neither deleted nor replaced",
  violations: (made) => [
    ...wrong(made, [...protectedTypes], "is not protected", (_, { isProtected }) => isProtected),
    ...wrong(
      made,
      ["aws:rds/cluster:Cluster", "eks:index:Cluster"],
      "may be deleted",
      (i: Inputs) => i.deletionProtection === true,
    ),
    ...wrong(
      made,
      ["aws:rds/cluster:Cluster"],
      "leaves nothing behind",
      (i: Inputs) => i.skipFinalSnapshot === false && i.backupRetentionPeriod >= 7,
    ),
    ...wrong(
      made,
      ["aws:lb/loadBalancer:LoadBalancer"],
      "may be deleted",
      (i: Inputs) => i.enableDeletionProtection === true,
    ),
    ...wrong(made, ["aws:s3/bucket:Bucket"], "is emptied when deleted", (i: Inputs) => i.forceDestroy === false),
    ...wrong(
      made,
      ["aws:ecr/repository:Repository"],
      "is emptied when deleted",
      (i: Inputs) => i.forceDelete === false,
    ),
    ...wrong(made, ["aws:kms/key:Key"], "is gone within a month", (i: Inputs) => i.deletionWindowInDays === 30),
    ...wrong(made, ["aws:s3/bucket:Bucket"], "forgets versions", (_, { name }) =>
      ofType(made, "aws:s3/bucketVersioning:BucketVersioning").some(
        (one) => one.name === name && one.inputs.versioningConfiguration.status === "Enabled",
      ),
    ),
  ],
  broken: { of: "aws:rds/cluster:Cluster::database", by: (_, made) => (made.isProtected = false) },
};

const logsKept: Policy = {
  name: "logs are written, and kept for as long as the config says",
  violations: (made) => [
    ...wrong(made, ["aws:cloudwatch/logGroup:LogGroup"], "keeps logs for no set time", (i: Inputs) =>
      retentions.includes(i.retentionInDays),
    ),
    ...wrong(made, ["aws:ec2/vpc:Vpc"], "has no flow log", () => ofType(made, "aws:ec2/flowLog:FlowLog").length === 1),
    ...wrong(
      made,
      ["aws:lb/loadBalancer:LoadBalancer"],
      "logs no requests",
      (i: Inputs) => i.accessLogs.enabled === true,
    ),
    ...wrong(
      made,
      ["aws:wafv2/webAcl:WebAcl"],
      "logs no refusals",
      () => ofType(made, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").length === 1,
    ),
    ...wrong(made, ["aws:rds/cluster:Cluster"], "logs nothing", (i: Inputs) =>
      i.enabledCloudwatchLogsExports.includes("postgresql"),
    ),
    ...wrong(
      made,
      ["eks:index:Cluster"],
      "leaves something out of its logs",
      (i: Inputs) => i.enabledClusterLogTypes.length === 5,
    ),
  ],
  broken: { of: "aws:lb/loadBalancer:LoadBalancer::tenants", by: (inputs) => (inputs.accessLogs.enabled = false) },
};

const noMetadata: Policy = {
  name: "no pod reaches its node's credentials",
  violations: (made) =>
    wrong(
      made,
      ["aws:ec2/launchTemplate:LaunchTemplate"],
      "answers pods with the node's credentials",
      ({ metadataOptions: m }: Inputs) => isDeepStrictEqual([m.httpTokens, m.httpPutResponseHopLimit], ["required", 1]),
    ),
  broken: {
    of: "aws:ec2/launchTemplate:LaunchTemplate::nodes",
    by: (inputs) => (inputs.metadataOptions.httpPutResponseHopLimit = 2),
  },
};

const pods: Policy = {
  name: "pods of ours run without privileges, by digest, and ask for what they need",
  violations: (made) =>
    wrong(made, ["kubernetes:apps/v1:Deployment"], "is not as restricted as it can be", ({ spec }: Inputs) => {
      const pod = spec.template.spec;
      return (
        pod.securityContext.runAsNonRoot &&
        pod.securityContext.seccompProfile.type === "RuntimeDefault" &&
        pod.containers.every(
          ({ securityContext: s, image, resources }: Inputs) =>
            s.readOnlyRootFilesystem &&
            s.allowPrivilegeEscalation === false &&
            isDeepStrictEqual(s.capabilities, { drop: ["ALL"] }) &&
            /@sha256:[0-9a-f]{64}$/.test(image) &&
            resources.requests.cpu &&
            resources.limits.memory,
        )
      );
    }),
  broken: {
    of: "kubernetes:apps/v1:Deployment::teal-worker",
    by: (inputs) => (inputs.spec.template.spec.containers[0].image = "teal:latest"),
  },
};

const secretsHidden: Policy = {
  name: "what is secret is marked so, and in the clear nowhere",
  violations: (made) =>
    made.flatMap(({ type, name, inputs, secret }) =>
      Object.entries(inputs)
        .filter(([key, value]) => !secret.includes(key) && JSON.stringify(value ?? null).includes("made-password"))
        .map(([key]) => `${type}::${name}.${key}`),
    ),
  broken: { of: "aws:secretsmanager/secretVersion:SecretVersion::teal", by: (_, made) => (made.secret = []) },
};

const pinned: Policy = {
  name: "charts and add-ons are of a pinned version",
  violations: (made) => [
    ...wrong(made, ["kubernetes:helm.sh/v3:Release"], "is of no version", (i: Inputs) =>
      /^v?\d+\.\d+\.\d+$/.test(i.version),
    ),
    ...wrong(made, ["aws:eks/addon:Addon"], "is of no version", (i: Inputs) => typeof i.addonVersion === "string"),
  ],
  broken: { of: "aws:eks/addon:Addon::metrics-server", by: (inputs) => delete inputs.addonVersion },
};

export const policies: Policy[] = [
  nothingPublic,
  ourKeys,
  leastRights,
  httpsOnly,
  tagged,
  lasting,
  logsKept,
  noMetadata,
  pods,
  secretsHidden,
  pinned,
];
