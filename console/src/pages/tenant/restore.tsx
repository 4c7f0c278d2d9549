import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { RestorePreview, RestoreSource } from "../../../../model/backup.ts";
import { backups } from "../../api/backups.ts";
import type { Tenant } from "../../api/types.ts";
import { Confirm, Window } from "../../parts/confirm.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { At } from "../../parts/time.tsx";
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
  const { backup, minutesLost, release, withdrawn, notes } = preview;
  return (
    <div className="stack-s">
      <p className={minutesLost > 0 ? "strong status-bad" : "strong"}>{lossText(minutesLost)}</p>
      <p>
        Nobody is served while it lasts: what is there is saved, the data of <At at={backup.takenAt} /> is brought back,
        checked, and requests are answered again.
      </p>
      <p>
        {release.from === release.to ? (
          <>
            Release <span className="version">{release.to}</span> stays.
          </>
        ) : (
          <>
            Release <span className="version">{release.to}</span> runs then, which ran on that data, instead of{" "}
            <span className="version">{release.from}</span>.
          </>
        )}
        {withdrawn && " It has been withdrawn since."}
      </p>
      {notes.map((note) => (
        <p key={note} className="breaks">
          {note}
        </p>
      ))}
    </div>
  );
}
