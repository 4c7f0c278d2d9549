import { useQuery } from "@tanstack/react-query";
import { attentionQuery } from "../../api/queries.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Page } from "../../parts/page.tsx";
import { counted } from "../../words/figures.ts";
import { ItemCard } from "./item.tsx";
import { Lately } from "./lately.tsx";
import { Quiet } from "./quiet.tsx";
import { TealItself } from "./tealItself.tsx";

/** What one opens in the morning: what waits for a person, what changed, and whether Teal itself is well. */
export function NeedsYouPage() {
  const attention = useQuery(attentionQuery);
  const total = Object.values(attention.data?.counts ?? {}).reduce((sum, one) => sum + one, 0);
  const name = total > 0 ? `(${total}) Needs you` : "Needs you";
  return (
    <Page title="Needs you" name={name} lead="What waits for a person, nearest deadline first.">
      <div className="columns">
        <div className="stack">
          <Loaded query={attention} what="what needs you" lines={9}>
            {({ items }) =>
              items.length === 0 ? (
                <Quiet />
              ) : (
                <>
                  <ul className="stack">
                    {items.map((item) => (
                      <li key={item.id}>
                        <ItemCard item={item} />
                      </li>
                    ))}
                  </ul>
                  {total > items.length && (
                    <p className="muted">
                      And {counted(total - items.length, "more", "more")}: they show as these are dealt with.
                    </p>
                  )}
                </>
              )
            }
          </Loaded>
        </div>
        <div className="stack">
          <TealItself />
          <Lately />
        </div>
      </div>
    </Page>
  );
}
