import type { Hostname } from "../api/types.ts";
import { Copied } from "./copied.tsx";
import { Status } from "./status.tsx";
import { At } from "./time.tsx";

/** How a host name is served, what it waits for, and what its owner has to set. */
export function HostnameLine({ of }: { of: Hostname }) {
  const { hostname, own, state, expiresAt, waits, record } = of;
  return (
    <>
      <div className="row">
        <Status
          tone={state === "served" ? "done" : waits?.code === "failed" || waits?.code === "over_quota" ? "bad" : "wait"}
        >
          {state === "served" ? "Served by TLS" : "Waits for a certificate"}
        </Status>
        <span className="strong breaks">{hostname}</span>
        {!own && <span className="badge">custom domain</span>}
        {expiresAt !== null && (
          <span className="small muted push">
            valid until <At at={expiresAt} />
          </span>
        )}
      </div>
      {waits !== null && <p className="small muted breaks">{waits.message}</p>}
      {record !== null && (
        <div className="stack-s">
          <p className="small">Its owner has to set this record in DNS, and leave it there:</p>
          <Copied text={`${record.name} ${record.type} ${record.value}`} />
        </div>
      )}
    </>
  );
}
