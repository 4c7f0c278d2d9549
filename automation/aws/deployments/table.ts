import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Deployment } from "../../ledger/deployments/read.ts";
import { openClient } from "../clients.ts";
import { explain } from "../errors.ts";
import { itemOf } from "./item.ts";

/** Where the state of deployments is written for others to read. */
export interface DeploymentTable {
  name: string;
  /**
   * Writes it, unless what is there is newer: then nothing is changed. May be called again with the same.
   * Throws what AWS had against it, explained, once the SDK's own tries are used up.
   */
  write(deployment: Deployment): Promise<"written" | "newer">;
  close(): void;
}

const concern = { what: { denied: "Give Teal's role dynamodb:PutItem on that table." }, patient: true };

/** Endpoint, region and credentials are those of the SDK's own environment variables. */
export function dynamoTable(name: string, client = openClient(DynamoDBClient)): DeploymentTable {
  return {
    name,
    async write(deployment) {
      const put = new PutItemCommand({
        TableName: name,
        Item: itemOf(deployment),
        ConditionExpression: "attribute_not_exists(#seq) OR #seq <= :seq",
        ExpressionAttributeNames: { "#seq": "seq" },
        ExpressionAttributeValues: { ":seq": { N: String(deployment.seq) } },
      });
      try {
        await client.send(put);
        return "written";
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return "newer";
        throw explain(concern, `to write table ${name}`, error);
      }
    },
    close: () => client.destroy(),
  };
}
