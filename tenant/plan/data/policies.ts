import { clusterIdentifierOf, parameterPrefixOf, roleArnOf, rolePath, type AwsPlace, type DataOwner } from "./names.ts";

/** One statement of a policy in AWS. */
export interface Statement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal?: Record<string, string> | "*";
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: Statement[];
}

export function policyOf(statements: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** What the tenant has, as far as its pods' rights go. */
export interface Holdings {
  owner: DataOwner;
  place: AwsPlace;
  keyArn: string;
  /** Null: it has none. */
  bucketArn: string | null;
  /** Key of a bucket that is not under the tenant's own; null: the bucket's key needs no rights but those to the tenant's. */
  bucketKeyArn?: string | null;
  /** The user of each cluster that it may connect to, by the cluster's resource id. */
  databases: readonly { resourceId: string; user: string }[];
}

/** What the tenant's pods may do in AWS, and nothing else: just that bucket, those parameters, that key, that user. */
export function podPolicy(holdings: Holdings): PolicyDocument {
  const { owner, place, keyArn, bucketArn, bucketKeyArn = null, databases } = holdings;
  const { region } = place;
  const statements: Statement[] = [
    {
      Sid: "ReadParameters",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
      // By path is asked for the prefix itself, without its slash.
      Resource: [parameterArn(owner, place).slice(0, -1), `${parameterArn(owner, place)}*`],
    },
    {
      Sid: "UseKeyThroughBucketAndParameters",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: {
        StringEquals: { "kms:ViaService": [`s3.${region}.amazonaws.com`, `ssm.${region}.amazonaws.com`] },
      },
    },
  ];
  if (bucketArn !== null) {
    statements.push(
      {
        Sid: "ListBucket",
        Effect: "Allow",
        Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
        Resource: bucketArn,
      },
      {
        // No versions: what a pod overwrites or deletes can be had back, whoever has got hold of the pod.
        Sid: "KeepObjects",
        Effect: "Allow",
        Action: [
          "s3:GetObject",
          "s3:PutObject",
          "s3:DeleteObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts",
        ],
        Resource: `${bucketArn}/*`,
      },
    );
  }
  if (bucketArn !== null && bucketKeyArn !== null)
    statements.push({
      // It may be the key of much else: for what is in this bucket alone.
      Sid: "UseBucketsKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: bucketKeyArn,
      Condition: {
        StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
      },
    });
  if (databases.length > 0) {
    const users = databases.map(({ resourceId, user }) => databaseUserArn(place, resourceId, user));
    statements.push({ Sid: "ConnectToDatabase", Effect: "Allow", Action: ["rds-db:connect"], Resource: users });
  }
  return policyOf(statements);
}

/** A user of a cluster's database, as rights to connect name it. */
export function databaseUserArn({ account, region }: AwsPlace, resourceId: string, user: string): string {
  return `arn:aws:rds-db:${region}:${account}:dbuser:${resourceId}/${user}`;
}

/** All of the tenant's parameters begin with it; ends in a slash. */
export function parameterArn(owner: DataOwner, { account, region }: AwsPlace): string {
  return `arn:aws:ssm:${region}:${account}:parameter${parameterPrefixOf(owner)}`;
}

export function clusterArn(owner: DataOwner, { account, region }: AwsPlace, generation: number): string {
  return `arn:aws:rds:${region}:${account}:cluster:${clusterIdentifierOf(owner, generation)}`;
}

/**
 * The policy of the tenant's key. The account's own IAM policies decide, without which a key could be lost for good; but no other
 * tenant's role may use it, whatever they say. `*` stands for the key itself.
 */
export function keyPolicy(owner: DataOwner, place: AwsPlace): PolicyDocument {
  return policyOf([
    {
      Sid: "AccountDecides",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${place.account}:root` },
      Action: ["kms:*"],
      Resource: "*",
    },
    {
      Sid: "NoOtherTenant",
      Effect: "Deny",
      Principal: "*",
      Action: ["kms:*"],
      Resource: "*",
      ...otherTenants(owner, place),
    },
  ]);
}

/** The policy of the tenant's bucket: over TLS only, under the tenant's key only, and for no other tenant's role. */
export function bucketPolicy(owner: DataOwner, place: AwsPlace, bucketArn: string, keyArn: string): PolicyDocument {
  const everything = [bucketArn, `${bucketArn}/*`];
  const denied = (Sid: string, Action: string[], Condition: Statement["Condition"]): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource: everything,
    ...(Condition && { Condition }),
  });
  return policyOf([
    denied("TlsOnly", ["s3:*"], { Bool: { "aws:SecureTransport": "false" } }),
    denied("NoOtherTenant", ["s3:*"], otherTenants(owner, place).Condition),
    // What says nothing of it gets the bucket's own. A missing key differs from everything, so that it has to be asked for.
    denied("NoOtherKey", ["s3:PutObject"], saidToBeOther("s3:x-amz-server-side-encryption-aws-kms-key-id", keyArn)),
    denied("NoOtherEncryption", ["s3:PutObject"], saidToBeOther("s3:x-amz-server-side-encryption", "aws:kms")),
  ]);
}

function saidToBeOther(key: string, than: string): Statement["Condition"] {
  return { StringNotEquals: { [key]: than }, Null: { [key]: "false" } };
}

/** Whoever has a tenant's role, but for this tenant's. */
function otherTenants(owner: DataOwner, place: AwsPlace): { Condition: NonNullable<Statement["Condition"]> } {
  return {
    Condition: {
      ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${place.account}:role${rolePath}*` },
      ArnNotEquals: { "aws:PrincipalArn": roleArnOf(owner, place) },
    },
  };
}

/** By what pods get their rights; see model/platform.ts. */
export type Identity = { kind: "pod-identity" } | { kind: "irsa"; provider: string; issuer: string };

export interface Trust {
  Version: "2012-10-17";
  Statement: Omit<Statement, "Resource">[];
}

/**
 * Who may take the tenant's role: the pods of its one service account. With Pod Identity the session's tags say whose pods they
 * are; the association alone would let whoever may associate the role hand it to others.
 */
export function podTrust(
  identity: Identity,
  { namespace, name }: { namespace: string; name: string },
  clusterIdentifier: string,
): Trust {
  const trust = (statement: Omit<Statement, "Resource" | "Sid" | "Effect">): Trust => ({
    Version: "2012-10-17",
    Statement: [{ Sid: "TenantsPods", Effect: "Allow", ...statement }],
  });
  if (identity.kind === "irsa")
    return trust({
      Principal: { Federated: identity.provider },
      Action: ["sts:AssumeRoleWithWebIdentity"],
      Condition: {
        StringEquals: {
          [`${identity.issuer}:sub`]: `system:serviceaccount:${namespace}:${name}`,
          [`${identity.issuer}:aud`]: "sts.amazonaws.com",
        },
      },
    });
  return trust({
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": name,
        "aws:SourceArn": clusterIdentifier,
      },
    },
  });
}
