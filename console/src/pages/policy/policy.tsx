import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { policyQuery } from "../../api/queries.ts";
import type { Policy } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { limitText } from "../../parts/figures.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Page } from "../../parts/page.tsx";
import { Ago } from "../../parts/time.tsx";
import { counted, percent } from "../../words/figures.ts";
import { duration } from "../../words/time.ts";
import { ObserveButton } from "./observe.tsx";
import { EditPolicy } from "./edit.tsx";

/** How rollouts go in an environment, where nobody says otherwise. */
export default function PolicyPage({ env }: { env: string }) {
  const policy = useQuery(policyQuery(env));
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title="Policy"
      name={`Policy of ${env}`}
      lead={`How rollouts go in ${env}, where a tenant or a rollout doesn’t say otherwise. What is under way keeps the one it began with.`}
      actions={
        <>
          <ObserveButton env={env} />
          {policy.data && !editing && <Button onPress={() => setEditing(true)}>Change the policy</Button>}
        </>
      }
    >
      <Loaded query={policy} what="the policy" lines={10}>
        {({ policy: now, version, changed }) =>
          editing ? (
            <EditPolicy key={version} env={env} policy={now} version={version} onClose={() => setEditing(false)} />
          ) : (
            <>
              <p className="muted">
                {changed ? (
                  <>
                    Version {version}, by {changed.by}, <Ago at={changed.at} />: “{changed.reason}”
                  </>
                ) : (
                  "Nobody has set one yet: these are the installation’s defaults."
                )}
              </p>
              <Shown policy={now} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const settlings: Record<Policy["settling"], string> = {
  match: "brought to the new release, as a warm backup",
  keep: "kept as it was",
  remove: "removed",
};
const inconclusives: Record<Policy["inconclusive"], string> = {
  checks: "the checks decide",
  pause: "it pauses for a person",
  "roll-back": "it goes back",
};
const strategies: Record<Policy["strategy"], string> = {
  "blue-green": "blue/green: step by step, nobody is shut out",
  recreate: "recreate: all at once, nobody is served meanwhile",
};
const gateWords: Record<Policy["gates"][number], string> = {
  "before-traffic": "before the first traffic",
  "before-full": "before all of the traffic",
};

function Shown({ policy }: { policy: Policy }) {
  return (
    <div className="halves">
      <Card title="How traffic moves">
        <dl className="facts">
          <dt>Strategy</dt>
          <dd>{strategies[policy.strategy]}</dd>
          <dt>Steps</dt>
          <dd className="strong">{policy.steps.map((step) => `${step} %`).join(" → ")}</dd>
          <dt>Users</dt>
          <dd>{policy.affinity === "cookie" ? "once led to the new release stay there" : "are led anew each time"}</dd>
          <dt>Each is watched</dt>
          <dd>{duration(policy.bakeSeconds)}</dd>
          <dt>Approval</dt>
          <dd>
            {policy.gates.length === 0
              ? "none asked for"
              : `${policy.gates.map((gate) => gateWords[gate]).join(" and ")}; no answer in ${duration(policy.approvalSeconds)} is a refusal`}
          </dd>
          <dt>Old slot</dt>
          <dd>
            held for {duration(policy.holdSeconds)}, then {settlings[policy.settling]}
            {policy.settling === "match" && ` with ${counted(policy.idleReplicas, "web pod")}`}
          </dd>
        </dl>
      </Card>
      <Card title="What a release must show">
        <dl className="facts">
          <dt>Failed answers</dt>
          <dd>at most {percent(policy.maxErrorRate)}, unless the old release has as many</dd>
          <dt>Judged by</dt>
          <dd>
            at least {policy.minRequests} requests; with fewer, {inconclusives[policy.inconclusive]}
          </dd>
          <dt>Checks</dt>
          <dd>
            each {policy.checkRepeats} times in a row
            {policy.checks.length > 0 && `, ${policy.checks.length} besides the release’s own`}
          </dd>
          {policy.analysis.map((check) => (
            <div key={check.name} style={{ display: "contents" }}>
              <dt>{check.name}</dt>
              <dd>{limitText({ limit: check, metric: typeof check.metric === "string" ? check.metric : "promql" })}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card title="When and from where">
        <dl className="facts">
          <dt>Windows</dt>
          <dd>
            {policy.windows.length === 0 ? "none: rollouts may begin at any time" : null}
            <ul>
              {policy.windows.map((window, i) => (
                <li key={i}>
                  {window.days.join(", ")} {window.from} to {window.to}, in the tenant’s time zone
                </li>
              ))}
            </ul>
          </dd>
          <dt>Releases</dt>
          <dd>{policy.promoteFrom ? `by promotion from ${policy.promoteFrom} only` : "from anywhere"}</dd>
        </dl>
      </Card>
      <Card title="Data">
        <dl className="facts">
          <dt>Backups</dt>
          <dd>
            {policy.backup === "never" ? "only when asked for" : "before each rollout"}, the newest {policy.keepBackups}{" "}
            of a tenant are kept
          </dd>
          <dt>Restore drills</dt>
          <dd>{policy.drillDays === 0 ? "only when asked for" : `every ${counted(policy.drillDays, "day")}`}</dd>
          <dt>Backing up</dt>
          <dd>takes at most {duration(policy.backupSeconds)}</dd>
          <dt>Migrating</dt>
          <dd>takes at most {duration(policy.migrateSeconds)}</dd>
          <dt>Restoring</dt>
          <dd>takes at most {duration(policy.restoreSeconds)}</dd>
          <dt>A tenant that leaves</dt>
          <dd>
            can come back for {duration(policy.graceSeconds)}; what is left of it is kept for {policy.retainDays} days
          </dd>
          <dt>An outage</dt>
          <dd>of more than {duration(policy.maxOutageSeconds)} is told as too long</dd>
        </dl>
      </Card>
      <Card title="How long things may take">
        <dl className="facts">
          <dt>Deploying</dt>
          <dd>{duration(policy.deploySeconds)}</dd>
          <dt>Becoming ready</dt>
          <dd>{duration(policy.readySeconds)}</dd>
          <dt>Shifting a step</dt>
          <dd>{duration(policy.shiftSeconds)}</dd>
          <dt>Promoting</dt>
          <dd>{duration(policy.promoteSeconds)}</dd>
          <dt>Settling</dt>
          <dd>{duration(policy.settleSeconds)}</dd>
          <dt>Going back</dt>
          <dd>{duration(policy.rollBackSeconds)}</dd>
        </dl>
      </Card>
    </div>
  );
}
