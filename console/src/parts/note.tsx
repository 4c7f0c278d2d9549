import { CircleAlert, Hand, Info } from "lucide-react";
import type { ReactNode } from "react";

const icons = { plain: Info, wait: Hand, bad: CircleAlert };

/** Something that must not be overlooked, with what to do. */
export function Note({
  tone = "plain",
  title,
  children,
}: {
  tone?: keyof typeof icons;
  title?: ReactNode;
  children?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={`note note-${tone}`} role={tone === "bad" ? "alert" : undefined}>
      <Icon aria-hidden="true" />
      <div className="stack-s">
        {title !== undefined && <p className="strong">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** Where there is nothing yet: what belongs here, and how it comes about. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="strong">{title}</p>
      {children}
    </div>
  );
}

/** The shape of what is being loaded. */
export function Skeleton({ lines = 6, what }: { lines?: number; what: string }) {
  return (
    <div className="skeleton" role="status">
      <span className="hidden-visually">Loading {what}…</span>
      {Array.from({ length: lines }, (_, i) => (
        <i key={i} />
      ))}
    </div>
  );
}
