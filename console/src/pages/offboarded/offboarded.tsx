import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { offboardedQuery } from "../../api/offboarded.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Page } from "../../parts/page.tsx";
import { Record } from "./record.tsx";

/** Tenants that have left: what was deleted, and what is kept of them until when. */
export default function OffboardedPage({ env }: { env: string }) {
  const all = useInfiniteQuery(offboardedQuery(env));
  return (
    <Page
      title="Tenants that left"
      name={`Tenants that left ${env}`}
      lead="What was deleted of them, and what is kept until when."
    >
      <Loaded query={all} what="the tenants that left" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Card title="Nobody has left">
                <Empty title={`No tenant was removed from ${env}.`}>
                  <p className="muted">
                    Once one is, it is listed here with what was deleted, and how long its export and backups are kept.
                  </p>
                </Empty>
              </Card>
            );
          return (
            <>
              {items.map((gone) => (
                <Card
                  key={gone.operation}
                  title={gone.name}
                  aside={
                    <Link href={`/operations/${gone.operation}`} className="small">
                      {gone.tenant}: how it went
                    </Link>
                  }
                >
                  <Record gone={gone} />
                </Card>
              ))}
              {all.hasNextPage && (
                <p>
                  <Button onPress={() => void all.fetchNextPage()} isPending={all.isFetchingNextPage}>
                    Older
                  </Button>
                </p>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
