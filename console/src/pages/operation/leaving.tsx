import { useQuery } from "@tanstack/react-query";
import { offboardedOneQuery } from "../../api/offboarded.ts";
import type { Operation } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { At } from "../../parts/time.tsx";
import { Record } from "../offboarded/record.tsx";

/** Of a removal: until when the tenant can come back, and in the end what is left of it. */
export function Leaving({ operation }: { operation: Operation }) {
  const { environment, id, grace, state } = operation;
  const gone = state === "succeeded";
  const record = useQuery({ ...offboardedOneQuery(environment, id), enabled: gone });
  if (gone)
    return (
      <Card title="What is left">
        <Loaded query={record} what="what is left" lines={4}>
          {(data) => <Record gone={data} />}
        </Loaded>
      </Card>
    );
  if (!grace || operation.endedAt !== undefined) return null;
  return (
    <Card title="Until it is removed">
      <dl className="facts">
        <dt>Can come back</dt>
        <dd>
          {grace.until === undefined ? `for ${grace.seconds} s once it is shut` : <At at={grace.until} />}: abort brings
          it back as it was
        </dd>
        <dt>Kept</dt>
        <dd>export and backups for {grace.retainDays} days afterwards</dd>
      </dl>
    </Card>
  );
}
