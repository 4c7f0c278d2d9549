import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { activityQuery, environmentsQuery } from "../../api/queries.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { CheckField, SelectField, TextField } from "../../parts/field.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Page } from "../../parts/page.tsx";
import { ActivityList } from "./list.tsx";

/** The ledger: who did what and why, and what came about. What it is filtered by is in the address, to be sent to others. */
export default function ActivityPage() {
  const [search, setSearch] = useSearchParams();
  const environments = useQuery(environmentsQuery).data ?? [];
  const of = (name: string): string => search.get(name) ?? "";
  const set = (name: string, value: string): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === "") after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  const people = of("people") === "true";
  const filter = { environment: of("environment"), tenant: of("tenant").trim(), actor: of("actor").trim(), people };
  const activity = useInfiniteQuery(activityQuery(filter));
  return (
    <Page
      title="Activity"
      name="Activity"
      lead="Everything that was done and came about, newest first. Nothing is ever taken out but alerts, after 30 days."
    >
      <div className="form-grid">
        <SelectField
          label="Environment"
          value={of("environment")}
          onChange={(value) => set("environment", value)}
          options={[["", "All"], ...environments.map(({ name }) => [name, name] as const)]}
        />
        <TextField
          label="Tenant"
          value={of("tenant")}
          onChange={(value) => set("tenant", value)}
          placeholder="its id"
        />
        <TextField
          label="Who"
          value={of("actor")}
          onChange={(value) => set("actor", value)}
          placeholder="a name, as they gave it"
        />
        <CheckField
          label="Only what people did"
          checked={people}
          onChange={(checked) => set("people", checked ? "true" : "")}
        />
      </div>
      <Card title="Events" flush>
        <Loaded query={activity} what="what happened" lines={12}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <Empty title="Nothing fits. Take something out of the filter." />;
            return (
              <>
                <ActivityList items={items} />
                {activity.hasNextPage && (
                  <p className="card-body">
                    <Button onPress={() => void activity.fetchNextPage()} isDisabled={activity.isFetchingNextPage}>
                      {activity.isFetchingNextPage ? "Loading…" : "Older"}
                    </Button>
                  </p>
                )}
              </>
            );
          }}
        </Loaded>
      </Card>
    </Page>
  );
}
