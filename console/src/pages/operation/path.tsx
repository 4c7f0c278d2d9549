import { Check, Circle, CircleAlert, CircleDot, Hand, Undo2 } from "lucide-react";
import { wordsOf, type Phase } from "../../words/machine.ts";
import type { Stop } from "../../words/path.ts";

const places: Record<Stop["place"], string> = {
  done: "done",
  now: "here now",
  held: "held here",
  next: "to come",
};

/** The machine as a path: what is behind it, where it is, what is to come. */
export function PathOf({ stops }: { stops: readonly Stop[] }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls has to be reached by keyboard.
    <div className="path-scroll" tabIndex={0} role="region" aria-label="Phases">
      <ol className="path">
        {stops.map(({ phase, place }) => (
          <li
            key={phase}
            className={`stop stop-${place}`}
            aria-current={place === "now" || place === "held" ? "step" : undefined}
          >
            <StopIcon phase={phase} place={place} />
            <span>{wordsOf(phase).short}</span>
            <span className="hidden-visually">, {places[place]}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function StopIcon({ phase, place }: { phase: Phase; place: Stop["place"] }) {
  if (phase === "failed" || phase === "halted") return <CircleAlert aria-hidden="true" />;
  if (phase === "rolled-back" && place === "done") return <Undo2 aria-hidden="true" />;
  if (place === "held" || (place === "now" && phase === "awaiting-approval")) return <Hand aria-hidden="true" />;
  if (place === "now") return <CircleDot aria-hidden="true" />;
  return place === "done" ? <Check aria-hidden="true" /> : <Circle aria-hidden="true" />;
}
