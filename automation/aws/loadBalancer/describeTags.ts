import { DescribeTagsCommand, type ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";

/** AWS takes no more at once. */
const atOnce = 20;

/** Tags by ARN. Throws where one of them is gone. */
export async function describeTags(
  client: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<Map<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>();
  for (let from = 0; from < arns.length; from += atOnce) {
    const command = new DescribeTagsCommand({ ResourceArns: arns.slice(from, from + atOnce) });
    const { TagDescriptions = [] } = await client.send(command);
    for (const { ResourceArn = "", Tags = [] } of TagDescriptions)
      found.set(ResourceArn, Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value])));
  }
  return found;
}
