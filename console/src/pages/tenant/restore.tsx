import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { backups } from "../../api/backups.ts";
import type { RestorePreview, RestoreSource, Tenant } from "../../api/types.ts";
import { Confirm, Window } from "../../parts/confirm.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Ago, At } from "../../parts/time.tsx";
import { bytes } from "../../words/figures.ts";
import { lossText } from "../../words/loss.ts";

/** What a restore would bring back and lose, and then the decision: what was shown is what is done. */
export function Restore({ tenant, source, onClose }: { tenant: Tenant; source: RestoreSource; onClose: () => void }) {
  const path = { env: tenant.environment, id: tenant.id };
  const [, navigate] = useLocation();
  const preview = useQuery({
    queryKey: ["restore", path, source],
    queryFn: () => backups.previewRestore(path, source),
    gcTime: 0,
  });
  const shown = preview.data;
  if (!shown)
    return (
      <Window title={`Restore ${tenant.name}`} onClose={onClose}>
        <Loaded query={preview} what="what would be done" lines={5}>
          {() => null}
        </Loaded>
      </Window>
    );
  return (
    <Confirm
      title={`Restore ${tenant.name}`}
      verb="Restore"
      danger
      effect={<Shown preview={shown} />}
      run={(reason, key) => backups.restore(path, source, shown.plan, reason, key)}
      onDone={(operation) => navigate(`/operations/${operation.id}`)}
      onClose={onClose}
    />
  );
}

function Shown({ preview }: { preview: RestorePreview }) {
  const { backup, pointInTime, minutesLost, release, notes } = preview;
  return (
    <div className="stack-s">
      <p className={minutesLost > 0 ? "strong status-bad" : "strong"}>
        {lossText(minutesLost, pointInTime ? "moment" : "backup")}
      </p>
      <p>
        {backup && (
          <>
            The backup of <At at={backup.takenAt} /> (<Ago at={backup.takenAt} />, {bytes(backup.bytes)}) would be
            brought back.{" "}
          </>
        )}
        {pointInTime && (
          <>
            The data as it was at <At at={pointInTime.at} /> (<Ago at={pointInTime.at} />) would be brought back.{" "}
          </>
        )}
        {release.from === release.to && (
          <>
            Release <span className="version">{release.to}</span> stays.
          </>
        )}
      </p>
      {notes.map((note) => (
        <p key={note} className="breaks">
          {note}
        </p>
      ))}
    </div>
  );
}
