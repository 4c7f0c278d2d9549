import type { Skew } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { count, counted } from "../../words/figures.ts";

/** How many tenants have which release, newest first. Choosing one shows its tenants. */
export function SkewChart({
  skew,
  chosen,
  onChoose,
}: {
  skew: Skew;
  chosen: string;
  onChoose: (release: string) => void;
}) {
  const most = Math.max(1, ...skew.items.map(({ tenants }) => tenants));
  const used = skew.items.filter(({ tenants, release }) => tenants > 0 && release !== null);
  if (used.length === 0) return null;
  return (
    <Card
      title="Releases in use"
      aside={<span className="small muted">{counted(used.length, "release")} at once</span>}
    >
      <ul className="skew">
        {used.map(({ release, tenants, behind, withdrawn }) => (
          <li key={release}>
            <button
              type="button"
              className="skew-row"
              aria-pressed={chosen === release}
              onClick={() => onChoose(chosen === release ? "" : release!)}
            >
              <span className="version strong">{release}</span>
              <span className="skew-track">
                <span className="skew-bar" style={{ width: `${(tenants / most) * 100}%` }} />
              </span>
              <span className="nowrap">{counted(tenants, "tenant")}</span>
              <span className="small faint nowrap">
                {withdrawn ? "withdrawn" : behind === 0 ? "newest" : `${count(behind)} behind`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {skew.others > 0 && <p className="small muted">And {counted(skew.others, "tenant")} with still older ones.</p>}
    </Card>
  );
}
