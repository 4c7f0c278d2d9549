import { Card } from "../../parts/card.tsx";
import { Empty } from "../../parts/note.tsx";
import { Said } from "../../parts/said.tsx";
import { PhaseStatus } from "../../parts/status.tsx";
import { Took } from "../../parts/time.tsx";
import { preciseClock } from "../../words/time.ts";
import type { Chapter } from "./story.ts";

/** How it went: phase by phase, what was said and how long each took. The newest is on top while it goes on. */
export function Story({ chapters, ended }: { chapters: readonly Chapter[]; ended: boolean }) {
  const shown = ended ? chapters : chapters.toReversed();
  return (
    <Card title={ended ? "The story" : "Events, as they happen"} flush>
      {shown.length === 0 && <Empty title="Nothing has happened yet." />}
      <ol className="story">
        {shown.map((chapter) => (
          <li key={chapter.from + chapter.phase}>
            <div className="row">
              <PhaseStatus phase={chapter.phase} past={chapter !== chapters.at(-1)} />
              <span className="small faint push">
                {chapter.to !== chapter.from && <Took from={chapter.from} to={chapter.to} />}
              </span>
            </div>
            <ul className="stack-s">
              {chapter.events.map((event) => (
                <li key={event.id} className="event">
                  <time dateTime={event.at} className="small faint">
                    {preciseClock(new Date(event.at))}
                  </time>
                  <span className="breaks">
                    <Said text={event.message} />
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Card>
  );
}
