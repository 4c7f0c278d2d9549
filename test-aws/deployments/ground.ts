import {
  CreateTableCommand,
  DynamoDBClient,
  QueryCommand,
  type AttributeValue,
  type DynamoDBClientConfig,
} from "@aws-sdk/client-dynamodb";

/** Makes the table as the platform stack does. */
export async function makeTable(config: DynamoDBClientConfig, name: string): Promise<void> {
  const client = new DynamoDBClient(config);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "environment", KeyType: "HASH" },
        { AttributeName: "tenant", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "environment", AttributeType: "S" },
        { AttributeName: "tenant", AttributeType: "S" },
      ],
    }),
  );
  client.destroy();
}

export type Item = Record<string, unknown>;

/** All of an environment's items, as whoever reads them from AWS has them. */
export async function itemsOf(config: DynamoDBClientConfig, table: string, environment: string): Promise<Item[]> {
  const client = new DynamoDBClient(config);
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: "environment = :environment",
      ExpressionAttributeValues: { ":environment": { S: environment } },
    }),
  );
  client.destroy();
  return Items.map((item) => plain({ M: item }) as Item);
}

function plain(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  return Object.fromEntries(Object.entries(value.M ?? {}).map(([name, one]) => [name, plain(one)]));
}
