import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { hold } from "../../api/offboarded.ts";
import type { Offboarded } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { TextField } from "../../parts/field.tsx";
import { Ago, At } from "../../parts/time.tsx";
import { bytes, counted } from "../../words/figures.ts";

/** What was deleted of a tenant that left, and what is kept of it until when. */
export function Record({ gone }: { gone: Offboarded }) {
  const { kept, deleted, checked, exported, lost, prunedAt } = gone;
  const [holding, setHolding] = useState(false);
  return (
    <>
      <dl className="facts">
        <dt>Removed</dt>
        <dd>
          <At at={gone.removedAt} />, <Ago at={gone.removedAt} />, by {gone.by}
          {gone.reason !== undefined && `: “${gone.reason}”`}
        </dd>
        <dt>Deleted</dt>
        <dd>
          {counted(deleted.objects.length, "object")}
          {deleted.more && " and more"}
          {checked.length > 0 && `; nothing is left in ${checked.join(", ")}`}
        </dd>
        {lost !== undefined && (
          <>
            <dt>Lost</dt>
            <dd>It could not be exported, and was removed without: {lost}</dd>
          </>
        )}
        <dt>Kept</dt>
        <dd className="breaks">
          {prunedAt === undefined ? (
            <>
              {counted(kept.backups, "backup")} ({bytes(kept.bytes)}) and its settings until <At at={kept.until} />
              {kept.hold && ` · held by ${kept.hold.by}: “${kept.hold.reason}”`}
            </>
          ) : (
            <>
              nothing: what was kept was deleted <Ago at={prunedAt} />
            </>
          )}
          {kept.others.map(({ what, id, until }) => (
            <span key={id}>
              {" "}
              · {what} <span className="mono small">{id}</span> {until === null ? "until then" : <At at={until} />}
            </span>
          ))}
        </dd>
        {exported && (
          <>
            <dt>Export</dt>
            <dd className="breaks">
              settings, without secrets: <span className="mono small">GET {exported.href}</span>
              {exported.data !== null && (
                <>
                  {" "}
                  · data in <span className="mono small">{exported.data}</span>
                </>
              )}
            </dd>
          </>
        )}
      </dl>
      {prunedAt === undefined && (
        <p>
          <Button small onPress={() => setHolding(true)} aria-label={`Keep what is left of ${gone.tenant} longer`}>
            Keep longer…
          </Button>
        </p>
      )}
      {holding && <Hold gone={gone} onClose={() => setHolding(false)} />}
    </>
  );
}

function Hold({ gone, onClose }: { gone: Offboarded; onClose: () => void }) {
  const client = useQueryClient();
  const [until, setUntil] = useState("");
  const { environment: env, operation, name, tenant } = gone;
  return (
    <Confirm
      title={`Keep what is left of ${name} longer`}
      effect={`Its backups, its export and its settings are kept until the time that you say. A hold is never shortened.`}
      verb="Keep"
      run={async (reason, key) => {
        if (until === "") throw new Error(`Say until when what is left of ${tenant} is to be kept.`);
        return hold(env, operation, new Date(until).toISOString(), reason, key);
      }}
      onDone={() => void client.invalidateQueries({ queryKey: ["offboarded", env] })}
      onClose={onClose}
    >
      <TextField
        label="Until"
        type="datetime-local"
        hint="By your clock; later than now held."
        value={until}
        onChange={setUntil}
        required
      />
    </Confirm>
  );
}
