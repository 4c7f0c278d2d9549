import { Plus, X } from "lucide-react";
import type { Window } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** When rollouts may begin, by the clock on each tenant's wall. */
export function WindowsField({
  windows,
  onChange,
  error,
}: {
  windows: readonly Window[];
  onChange: (windows: Window[]) => void;
  error: string | undefined;
}) {
  const set = (at: number, part: Partial<Window>): void =>
    onChange(windows.map((window, i) => (i === at ? { ...window, ...part } : window)));
  return (
    <fieldset>
      <legend>Windows in which rollouts may begin</legend>
      <p className="field-hint">In each tenant’s own time zone. Without any, rollouts may begin at any time.</p>
      {windows.map((window, i) => (
        <div key={i} className="row" role="group" aria-label={`Window ${i + 1}`}>
          {days.map((day) => (
            <label key={day} className="row-tight">
              <input
                type="checkbox"
                checked={window.days.includes(day)}
                onChange={(event) =>
                  set(i, {
                    days: days.filter((one) => (one === day ? event.target.checked : window.days.includes(one))),
                  })
                }
              />
              {day}
            </label>
          ))}
          <input
            className="input"
            style={{ width: 84 }}
            aria-label="From"
            value={window.from}
            onChange={(event) => set(i, { from: event.target.value })}
          />
          to
          <input
            className="input"
            style={{ width: 84 }}
            aria-label="To"
            value={window.to}
            onChange={(event) => set(i, { to: event.target.value })}
          />
          <Button
            look="quiet"
            icon
            aria-label={`Take window ${i + 1} out`}
            onPress={() => onChange(windows.filter((_, other) => other !== i))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      {error !== undefined && <p className="field-error">{error}</p>}
      <p>
        <Button
          small
          onPress={() => onChange([...windows, { days: ["mon", "tue", "wed", "thu"], from: "22:00", to: "04:00" }])}
        >
          <Plus aria-hidden="true" /> Add a window
        </Button>
      </p>
    </fieldset>
  );
}
