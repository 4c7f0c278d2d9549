import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Deployment } from "../../ledger/deployments/read.ts";

/** A tenant that is gone stays listed so long, so that whoever reads the table learns of it. */
const goneDays = 30;

/** What of a value there is, as DynamoDB types it; keys without a value are left out. */
type Value = string | number | boolean | null | undefined | { [name: string]: Value };

/**
 * The table's item for a deployment, by `environment` and `tenant`. What it holds is named in docs/aws.md, since others read
 * it; it holds no config, no secret and no text that a tenant's pods wrote.
 */
export function itemOf(deployment: Deployment): Record<string, AttributeValue> {
  const { environment, tenant, seq, layout, underWay, lastEnded, offboardedAt } = deployment;
  return attributes({
    ...{ environment, tenant, seq },
    ...{ name: deployment.name, tier: deployment.tier, ring: deployment.ring, revision: deployment.revision },
    ...(layout && {
      release: layout.slots[layout.live]?.release,
      color: layout.live,
      weights: { ...layout.weights },
      suspended: layout.suspended !== undefined,
      maintenance: layout.maintenance === true,
      idleRelease: layout.slots[layout.live === "blue" ? "green" : "blue"]?.release,
    }),
    operation: underWay && { ...underWay, createdAt: rfc3339(underWay.createdAt) },
    lastOutcome: lastEnded && { ...lastEnded, endedAt: rfc3339(lastEnded.endedAt) },
    attention: deployment.attention,
    updatedAt: deployment.updatedAt?.toISOString(),
    ...(offboardedAt && {
      offboardedAt: offboardedAt.toISOString(),
      // Seconds, as DynamoDB's own expiry takes them.
      expiresAt: Math.floor(offboardedAt.getTime() / 1000) + goneDays * 86_400,
    }),
  });
}

/** PostgreSQL writes times into JSON with its own offset. */
function rfc3339(time: string): string {
  return new Date(time).toISOString();
}

function attributes(values: Record<string, Value>): Record<string, AttributeValue> {
  const there = Object.entries(values).flatMap(([name, value]) => {
    const typed = attribute(value);
    return typed === undefined ? [] : [[name, typed] as const];
  });
  return Object.fromEntries(there);
}

function attribute(value: Value): AttributeValue | undefined {
  switch (typeof value) {
    case "string":
      return { S: value };
    case "number":
      return { N: String(value) };
    case "boolean":
      return { BOOL: value };
    default:
      return value == null ? undefined : { M: attributes(value) };
  }
}
