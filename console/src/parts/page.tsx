import { useEffect, type ReactNode } from "react";

/** Head and content of a page. The title is what the browser's tab says, too. */
export function Page({
  title,
  name,
  lead,
  actions,
  children,
}: {
  title: ReactNode;
  /** Of the tab. */
  name: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${name} · Teal`;
  }, [name]);
  return (
    <>
      <div className="page-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead !== undefined && <div className="muted">{lead}</div>}
        </div>
        {actions !== undefined && <div className="row push">{actions}</div>}
      </div>
      {children}
    </>
  );
}
