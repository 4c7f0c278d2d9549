import {
  DBClusterNotFoundFault,
  DBSubnetGroupNotFoundFault,
  DescribeDBClustersCommand,
  DescribeDBSubnetGroupsCommand,
  type RDSClient,
} from "@aws-sdk/client-rds";
import type { ClusterThere } from "../../adopting/dataThere.ts";
import { tagsOf } from "./tags.ts";

/** Null: there is none of that name in the client's region. */
export async function describeCluster(rds: RDSClient, identifier: string): Promise<ClusterThere | null> {
  const found = await find(rds, identifier);
  if (!found) return null;
  const { MasterUsername: admin, EngineVersion: version } = found;
  if (admin === undefined || version === undefined) throw new Error(`RDS does not say all of cluster ${identifier}.`);
  return {
    engine: found.Engine ?? "unknown",
    version,
    status: found.Status ?? "unknown",
    port: found.Port ?? 5432,
    admin,
    iam: found.IAMDatabaseAuthenticationEnabled === true,
    key: found.StorageEncrypted ? (found.KmsKeyId ?? "a key that RDS does not name") : null,
    vpc: await vpcOf(rds, found.DBSubnetGroup),
    securityGroups: (found.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
    instances: found.DBClusterMembers?.length ?? 0,
    tags: tagsOf(found.TagList),
  };
}

async function find(rds: RDSClient, identifier: string) {
  try {
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: identifier }));
    return DBClusters?.[0];
  } catch (error) {
    if (error instanceof DBClusterNotFoundFault) return undefined;
    throw error;
  }
}

async function vpcOf(rds: RDSClient, name: string | undefined): Promise<string | null> {
  if (name === undefined) return null;
  try {
    const { DBSubnetGroups } = await rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: name }));
    return DBSubnetGroups?.[0]?.VpcId ?? null;
  } catch (error) {
    // Only a note tells of it.
    if (error instanceof DBSubnetGroupNotFoundFault) return null;
    throw error;
  }
}
