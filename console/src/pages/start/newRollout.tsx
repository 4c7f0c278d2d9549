import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { act, useKeyFor } from "../../api/act.ts";
import { fleetQuery } from "../../api/fleet.ts";
import { asProblem, Problem } from "../../api/problem.ts";
import { policyQuery, releasesQuery } from "../../api/queries.ts";
import type { Policy } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../../parts/field.tsx";
import { Note } from "../../parts/note.tsx";
import { Plan } from "../../parts/plan.tsx";
import { ProblemNote } from "../../parts/problem.tsx";
import { duration } from "../../words/time.ts";
import { recreates, rolloutOf, type RolloutDraft } from "./rolloutDraft.ts";

/** Brings a tenant to a release. What is left empty goes by the policy. */
export function NewRolloutForm({ env }: { env: string }) {
  const [search] = useSearchParams();
  const client = useQueryClient();
  const rows = useQuery(fleetQuery(client, env)).data?.fleet.items;
  const releases = useQuery(releasesQuery(env)).data?.filter(({ withdrawn }) => !withdrawn);
  const policy = useQuery(policyQuery(env)).data?.policy;
  const [draft, setDraft] = useState<RolloutDraft>({
    tenant: search.get("tenant") ?? "",
    release: search.get("release") ?? "",
    strategy: "",
    steps: "",
    bakeSeconds: "",
    holdSeconds: "",
    beforeTraffic: false,
    beforeFull: false,
    reason: "",
    override: "",
  });
  const change = (part: Partial<RolloutDraft>): void => setDraft({ ...draft, ...part });
  const release = draft.release || (releases?.[0]?.version ?? "");
  const [, navigate] = useLocation();
  const path = { env, id: draft.tenant.trim() };
  const rollout = rolloutOf({ ...draft, release });
  const asText = JSON.stringify([path, rollout]);
  const key = useKeyFor(asText);
  const shownFor = JSON.stringify([path, release]);
  const previewing = useMutation({
    mutationFn: async () => ({ of: shownFor, preview: await act.preview(path, { release }) }),
  });
  const starting = useMutation({
    mutationFn: () => act.rollOut(path, rollout, key),
    onSuccess: (operation) => navigate(`/operations/${operation.id}`),
  });
  const shown = previewing.data?.of === shownFor ? previewing.data.preview : undefined;
  const failed = starting.isError ? starting.error : previewing.isError ? previewing.error : undefined;
  const at = (pointer: string): string | undefined => (failed ? asProblem(failed).at(pointer) : undefined);
  const frozen = failed instanceof Problem && failed.code === "frozen";
  const row = rows?.find(({ id }) => id === path.id);
  const shut = recreates(
    draft.strategy,
    policy,
    releases?.find(({ version }) => version === release),
  );
  const unknown = path.id !== "" && rows !== undefined && row === undefined;
  return (
    <Card title="Roll out a release">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (path.id === "" || unknown || release === "" || previewing.isPending || starting.isPending) return;
          if (shown) starting.mutate();
          else previewing.mutate();
        }}
      >
        <div className="form-grid">
          <TextField
            label="Tenant"
            mono
            list="tenants"
            required
            hint={row ? `${row.name}; live ${row.release ?? "nothing"}` : "Its id; begin to type."}
            error={unknown ? `There is no tenant ${path.id} in ${env}.` : undefined}
            value={draft.tenant}
            onChange={(tenant) => change({ tenant })}
          />
          <datalist id="tenants">
            {(rows ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </datalist>
          <SelectField
            label="Release"
            value={release}
            onChange={(chosen) => change({ release: chosen })}
            options={(releases ?? []).map(({ version }) => [version, version])}
            error={at("/release")}
          />
        </div>
        <TextArea
          label="Reason"
          optional
          value={draft.reason}
          onChange={(reason) => change({ reason })}
          error={at("/reason")}
        />
        <details>
          <summary>Otherwise than the policy says</summary>
          <div className="stack">
            <div className="form-grid">
              <SelectField
                label="Strategy"
                hint="A release whose migration isn’t compatible always goes by recreate."
                value={draft.strategy}
                onChange={(strategy) => change({ strategy: strategy as RolloutDraft["strategy"] })}
                options={[
                  ["", `by the policy${policy ? `: ${policy.strategy}` : ""}`],
                  ["blue-green", "blue/green: step by step"],
                  ["recreate", "recreate: shut meanwhile"],
                ]}
                error={at("/strategy")}
              />
              <TextField
                label="Steps, percent"
                optional
                placeholder={policy?.steps.join(", ") ?? ""}
                hint="Rising to 100."
                value={draft.steps}
                onChange={(steps) => change({ steps })}
                error={at("/steps")}
              />
              <TextField
                label="Watch each step, seconds"
                type="number"
                optional
                placeholder={policy ? String(policy.bakeSeconds) : ""}
                value={draft.bakeSeconds}
                onChange={(bakeSeconds) => change({ bakeSeconds })}
                error={at("/bakeSeconds")}
              />
              <TextField
                label="Hold the old slot, seconds"
                type="number"
                optional
                placeholder={policy ? String(policy.holdSeconds) : ""}
                hint="So long going back is one flip."
                value={draft.holdSeconds}
                onChange={(holdSeconds) => change({ holdSeconds })}
                error={at("/holdSeconds")}
              />
            </div>
            <CheckField
              label="Ask for an approval before it gets any traffic"
              checked={draft.beforeTraffic}
              onChange={(beforeTraffic) => change({ beforeTraffic })}
            />
            <CheckField
              label="Ask for an approval before it gets all of the traffic"
              checked={draft.beforeFull}
              onChange={(beforeFull) => change({ beforeFull })}
            />
          </div>
        </details>
        {(frozen || draft.override !== "") && (
          <TextField
            label="Go past freezes and windows, because"
            optional
            hint="Recorded with the operation and in its events."
            value={draft.override}
            onChange={(override) => change({ override })}
          />
        )}
        {policy && !shown && <ByPolicy policy={policy} shut={shut} />}
        {shown && (
          <Note
            title={
              shut
                ? "This would be done while nobody is served"
                : "This would be done first; then traffic moves step by step"
            }
          >
            <Plan steps={shown.steps} />
          </Note>
        )}
        {failed !== undefined && <ProblemNote error={failed} />}
        <footer className="row">
          <Button
            type="submit"
            look="primary"
            isDisabled={path.id === "" || unknown || release === ""}
            isPending={previewing.isPending || starting.isPending}
          >
            {starting.isPending
              ? "Asking…"
              : previewing.isPending
                ? "Previewing…"
                : shown
                  ? `Roll out ${release}`
                  : "Preview"}
          </Button>
          {shown && <span className="small muted">Nothing has been done yet.</span>}
        </footer>
      </form>
    </Card>
  );
}

function ByPolicy({ policy, shut }: { policy: Policy; shut: boolean }) {
  if (shut)
    return (
      <p className="small strong">
        Nobody is served while the new release replaces the old one: every request is answered with 503. More than{" "}
        {duration(policy.maxOutageSeconds)} of that is told as too long.
      </p>
    );
  return (
    <p className="small muted">
      By the policy: {policy.steps.join(" %, ")} % of the traffic, each step watched for {duration(policy.bakeSeconds)},
      then the old slot is held for {duration(policy.holdSeconds)}.
    </p>
  );
}
