import type { TealEvent } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { migrationLog } from "./story.ts";

/** What the release's migration wrote, once it has ended. Nothing where none has. */
export function MigrationLog({ events }: { events: readonly TealEvent[] }) {
  const lines = migrationLog(events);
  if (lines === null) return null;
  return (
    <Card title="What the migration wrote">
      {lines.length === 0 ? (
        <p className="muted">Nothing.</p>
      ) : (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls has to be reached by keyboard.
        <pre className="terminal" tabIndex={0}>
          {lines.join("\n")}
        </pre>
      )}
    </Card>
  );
}
