import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { activityQuery } from "../../api/queries.ts";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { ActivityList } from "../activity/list.tsx";

const day = 24 * 60 * 60 * 1000;

/** What people did in the last 24 hours. */
export function Lately() {
  const [since] = useState(() => new Date(Date.now() - day).toISOString());
  const activity = useInfiniteQuery(activityQuery({ people: true, since }, 8));
  return (
    <Card title="Last 24 hours" aside={<Link href="/activity">All activity</Link>} flush>
      <Loaded query={activity} what="what happened" lines={6}>
        {({ pages }) => {
          const items = pages[0]?.items ?? [];
          if (items.length === 0) return <Empty title="Nobody has done anything since yesterday." />;
          return <ActivityList items={items} />;
        }}
      </Loaded>
    </Card>
  );
}
