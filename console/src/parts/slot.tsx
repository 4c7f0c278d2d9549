import type { Color } from "../api/types.ts";

interface Weights {
  blue: number;
  green: number;
}

/** A slot's name with its mark: blue is a disc, green a diamond. Neither says how it fares. */
export function Mark({ color }: { color: Color }) {
  return (
    <span className={`mark mark-${color}`}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {color === "blue" ? <circle cx="5" cy="5" r="4.4" /> : <path d="M5 0 10 5 5 10 0 5Z" />}
      </svg>
      {color}
    </span>
  );
}

/** How requests are split between the colors. `weights` null: none are served. */
export function SplitBar({ weights, large = false }: { weights: Weights | null; large?: boolean }) {
  const name = large ? "split split-l" : "split";
  if (weights === null || weights.blue + weights.green === 0)
    return (
      <span className={name} role="img" aria-label="No requests are served">
        <span className="split-none" />
      </span>
    );
  const shares = (["blue", "green"] as const).filter((color) => weights[color] > 0);
  const label = shares.map((color) => `${color} ${weights[color]} %`).join(", ");
  return (
    <span className={name} role="img" aria-label={`Traffic: ${label}`}>
      {shares.map((color) => (
        <span key={color} className={`split-${color}`} style={{ flexGrow: weights[color], flexBasis: 0 }} />
      ))}
    </span>
  );
}

/** A slot read by its role first: `live 4.2`, `new 4.3`. */
export function RoleAndRelease({ role, release }: { role: string; release: string | null }) {
  return (
    <span className="row-tight">
      <span className="muted">{role}</span>
      <span className="version strong">{release ?? "nothing"}</span>
    </span>
  );
}
