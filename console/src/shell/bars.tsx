import { Eye, OctagonPause, Unplug } from "lucide-react";
import { act } from "../api/act.ts";
import { useKept } from "../api/keep.ts";
import { connection } from "../live/connection.ts";
import { ConfirmButton } from "../parts/confirm.tsx";
import { Ago } from "../parts/time.tsx";
import { preciseClock } from "../words/time.ts";
import { useEnvironment, useEnvironmentName } from "./environment.ts";
import { useQueryClient } from "@tanstack/react-query";

/** Says when what is shown may be old, and when it no longer is. */
export function ConnectionBar() {
  const now = useKept(connection);
  return (
    <div role="status">
      {now.state === "lost" && (
        <div className="bar bar-bad">
          <Unplug aria-hidden="true" />
          <span>
            Connection lost. You see what was so at {preciseClock(now.since)}; your customers are served all the same.
            Trying again…
          </span>
        </div>
      )}
      {now.state === "live" && now.caughtUp && <div className="bar">Connected again, and caught up.</div>}
    </div>
  );
}

/** Says on every page that the environment is stopped, since when and why, with the way out. */
export function StoppedBar() {
  const name = useEnvironmentName();
  const stopped = useEnvironment(name)?.stopped;
  const client = useQueryClient();
  if (!stopped) return null;
  return (
    <div className="bar bar-wait">
      <OctagonPause aria-hidden="true" />
      <span className="breaks">
        {name} is stopped: nothing starts, all weights are held. {stopped.by}, <Ago at={stopped.at} />: {stopped.reason}
      </span>
      <span className="push">
        <ConfirmButton
          label={`Resume ${name}`}
          small
          title={`Resume ${name}`}
          verb="Resume"
          effect="What waited goes on where it was, and new operations begin again."
          run={(reason, key) => act.resume(name, reason, key)}
          onDone={() => void client.invalidateQueries({ queryKey: ["environments"] })}
        />
      </span>
    </div>
  );
}

/** Says on every page that the environment is only observed, since when and why, with the way out. */
export function ObservedBar() {
  const name = useEnvironmentName();
  const observed = useEnvironment(name)?.observed;
  const client = useQueryClient();
  if (!observed) return null;
  return (
    <div className="bar bar-wait">
      <Eye aria-hidden="true" />
      <span className="breaks">
        {name} is only observed: previews and drift can be looked at, and nothing is changed. {observed.by},{" "}
        <Ago at={observed.at} />: {observed.reason}
      </span>
      <span className="push">
        <ConfirmButton
          label={`Manage ${name}`}
          small
          title={`Manage ${name}`}
          verb="Manage"
          effect="What waited goes on where it was, and new operations begin again."
          run={(reason) => act.manage(name, reason)}
          onDone={() => void client.invalidateQueries({ queryKey: ["environments"] })}
        />
      </span>
    </div>
  );
}
