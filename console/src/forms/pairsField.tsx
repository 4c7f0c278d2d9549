import { Plus, X } from "lucide-react";
import type { Pair } from "./pairs.ts";
import { Button } from "../parts/button.tsx";

/** Names with values: config, flags, secrets. */
export function PairsField({
  legend,
  hint,
  pairs,
  onChange,
  error,
  secret = false,
}: {
  legend: string;
  hint: string;
  pairs: readonly Pair[];
  onChange: (pairs: Pair[]) => void;
  error?: string | undefined;
  secret?: boolean;
}) {
  const set = (at: number, change: Partial<Pair>): void =>
    onChange(pairs.map((pair, i) => (i === at ? { ...pair, ...change } : pair)));
  const word = legend.toLowerCase();
  return (
    <fieldset>
      <legend>{legend}</legend>
      <p className="field-hint">{hint}</p>
      {pairs.length > 0 && (
        <ul className="pairs">
          {pairs.map(({ name, value }, i) => (
            <li key={i}>
              <input
                className="input mono"
                aria-label={`${legend}: name ${i + 1}`}
                placeholder="NAME"
                value={name}
                onChange={(event) => set(i, { name: event.target.value })}
              />
              <input
                className="input mono"
                type={secret ? "password" : "text"}
                autoComplete="off"
                aria-label={`${legend}: value of ${name || i + 1}`}
                placeholder="value"
                value={value}
                onChange={(event) => set(i, { value: event.target.value })}
              />
              <Button
                look="quiet"
                icon
                aria-label={`Take ${name || `line ${i + 1}`} out of ${word}`}
                onPress={() => onChange(pairs.filter((_, other) => other !== i))}
              >
                <X aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error !== undefined && <p className="field-error">{error}</p>}
      <p>
        <Button small onPress={() => onChange([...pairs, { name: "", value: "" }])}>
          <Plus aria-hidden="true" /> Add to {word}
        </Button>
      </p>
    </fieldset>
  );
}
