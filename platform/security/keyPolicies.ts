import type { Statement } from "../identity/policy.ts";

/** What keys are for. Each has one purpose, so that one can be withdrawn without the others. */
export const purposes = {
  cluster: "Secrets in the cluster's etcd",
  disks: "Volumes of nodes and pods",
  data: "Databases, state, parameters and secrets",
  logs: "Logs, indexes and alerts",
  registry: "Images",
} as const;
export type Purpose = keyof typeof purposes;

const use = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:DescribeKey",
];

interface Place {
  account: string;
  region: string;
}

/**
 * A key's policy. `*` stands for the key itself there. The account's own IAM policies decide besides, without which a key could
 * be lost for good: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(purpose: Purpose, place: Place): Statement[] {
  return [
    {
      Sid: "AccountDecides",
      Principal: { AWS: `arn:aws:iam::${place.account}:root` },
      Action: ["kms:*"],
      Resource: "*",
    },
    ...services[purpose](place),
  ];
}

/** Services of AWS that use a key by themselves, each for what is this account's only. */
const services: Record<Purpose, (place: Place) => Statement[]> = {
  cluster: () => [],
  data: () => [],
  registry: () => [],
  disks: ({ account }): Statement[] => {
    const Principal = {
      AWS: `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    };
    return [
      { Sid: "NodesDisks", Principal, Action: use, Resource: "*" },
      {
        Sid: "NodesDisksAttached",
        Principal,
        Action: ["kms:CreateGrant"],
        Resource: "*",
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ];
  },
  logs: ({ account, region }): Statement[] => [
    {
      Sid: "LogGroups",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: use,
      Resource: "*",
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` } },
    },
    {
      Sid: "AlertsOfAlarmsAndBudgets",
      Principal: { Service: "budgets.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ],
};
