import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { newPolicy } from "../../../../model/policy.ts";
import { act } from "../../api/act.ts";
import { asProblem } from "../../api/problem.ts";
import { environmentsQuery } from "../../api/queries.ts";
import type { Policy } from "../../api/types.ts";
import { faultAt, faultsOf } from "../../forms/validate.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem.tsx";
import { dataNumbers, draftOf, policyOf, trafficNumbers, type NumberField, type PolicyDraft } from "./draft.ts";
import { WindowsField } from "./windows.tsx";

/** A new version of the policy. All are kept, with who, when and why. */
export function EditPolicy({
  env,
  policy,
  version,
  onClose,
}: {
  env: string;
  policy: Policy;
  version: number;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(policy));
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const change = (part: Partial<PolicyDraft>): void => setDraft({ ...draft, ...part });
  const wanted = policyOf(draft);
  const faults = faultsOf(newPolicy, wanted);
  const setting = useMutation({
    mutationFn: () => act.setPolicy(env, version, { policy: wanted, reason: reason.trim() }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["policy", env] });
      onClose();
    },
  });
  const at = (name: string): string | undefined =>
    faultAt(faults, `/${name}`) ?? (setting.isError ? asProblem(setting.error).at(`/policy/${name}`) : undefined);
  const blocked = faults.size > 0 || reason.trim() === "";
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked && !setting.isPending) setting.mutate();
      }}
    >
      <Card title="How traffic moves">
        <div className="stack">
          <div className="form-grid">
            <SelectField
              label="Strategy"
              hint="A release whose migration isn’t compatible always goes by recreate."
              value={draft.strategy}
              onChange={(strategy) => change({ strategy: strategy as Policy["strategy"] })}
              options={[
                ["blue-green", "blue/green: step by step"],
                ["recreate", "recreate: shut meanwhile"],
              ]}
              error={at("strategy")}
            />
            <TextField
              label="Steps, percent"
              hint="Rising to 100."
              value={draft.steps}
              onChange={(steps) => change({ steps })}
              error={at("steps")}
            />
            <TextField
              label="Failed answers, percent"
              hint="So many of the new release’s answers may fail."
              value={draft.maxErrorRate}
              onChange={(maxErrorRate) => change({ maxErrorRate })}
              error={at("maxErrorRate")}
            />
            <SelectField
              label="Users of the new release"
              hint="To stay needs a gateway that can."
              value={draft.affinity}
              onChange={(affinity) => change({ affinity: affinity as Policy["affinity"] })}
              options={[
                ["none", "are led anew each time"],
                ["cookie", "stay there, by a cookie"],
              ]}
              error={at("affinity")}
            />
            <SelectField
              label="The old slot afterwards"
              value={draft.settling}
              onChange={(settling) => change({ settling: settling as Policy["settling"] })}
              options={[
                ["match", "a warm backup of the new release"],
                ["keep", "kept as it was"],
                ["remove", "removed"],
              ]}
            />
            <SelectField
              label="With too few requests to judge by"
              value={draft.inconclusive}
              onChange={(inconclusive) => change({ inconclusive: inconclusive as Policy["inconclusive"] })}
              options={[
                ["checks", "the checks decide"],
                ["pause", "pause for a person"],
                ["roll-back", "go back"],
              ]}
            />
          </div>
          <Gates gates={draft.gates} onChange={(gates) => change({ gates })} />
          <Numbers fields={trafficNumbers} draft={draft} onChange={change} at={at} />
        </div>
      </Card>
      <Card title="Data">
        <Numbers fields={dataNumbers} draft={draft} onChange={change} at={at}>
          <SelectField
            label="Back up unasked"
            hint="Where there is data. Before a migration without a way back it is backed up in any case."
            value={draft.backup}
            onChange={(backup) => change({ backup: backup as Policy["backup"] })}
            options={[
              ["before-rollout", "before each rollout"],
              ["never", "never"],
            ]}
            error={at("backup")}
          />
        </Numbers>
      </Card>
      <Card title="When and from where">
        <div className="stack">
          <WindowsField windows={draft.windows} onChange={(windows) => change({ windows })} error={at("windows")} />
          <PromoteFrom
            env={env}
            value={draft.promoteFrom}
            onChange={(promoteFrom) => change({ promoteFrom })}
            error={at("promoteFrom")}
          />
        </div>
      </Card>
      <Card title="Analysis and checks">
        <div className="stack">
          <TextArea
            label="Analysis, as JSON"
            optional
            hint='Such as [{"name": "slow-answers", "metric": "p95", "max": 0.8}]'
            value={draft.analysis}
            onChange={(analysis) => change({ analysis })}
            error={at("analysis")}
          />
          <TextArea
            label="Checks besides the release’s, as JSON"
            optional
            hint='Such as [{"path": "/login", "status": 200}]'
            value={draft.checks}
            onChange={(checks) => change({ checks })}
            error={at("checks")}
          />
        </div>
      </Card>
      <Card title="Why">
        <div className="stack">
          <TextArea
            label="Reason"
            value={reason}
            onChange={setReason}
            required
            error={setting.isError ? asProblem(setting.error).at("/reason") : undefined}
          />
          {setting.isError && <ProblemNote error={setting.error} />}
          <footer className="row">
            <Button type="submit" look="primary" isDisabled={blocked} isPending={setting.isPending}>
              {setting.isPending ? "Asking…" : `Set version ${version + 1}`}
            </Button>
            <Button onPress={onClose}>Cancel</Button>
            <span className="small muted">What is under way keeps the policy that it began with.</span>
          </footer>
        </div>
      </Card>
    </form>
  );
}

function Numbers({
  fields,
  draft,
  onChange,
  at,
  children,
}: {
  fields: readonly (readonly [NumberField, string, string])[];
  draft: PolicyDraft;
  onChange: (part: Partial<PolicyDraft>) => void;
  at: (name: string) => string | undefined;
  children?: ReactNode;
}) {
  return (
    <div className="form-grid">
      {children}
      {fields.map(([name, label, hint]) => (
        <TextField
          key={name}
          label={label}
          type="number"
          hint={hint}
          value={draft.numbers[name]}
          onChange={(text) => onChange({ numbers: { ...draft.numbers, [name]: text } })}
          error={at(name)}
        />
      ))}
    </div>
  );
}

function Gates({ gates, onChange }: { gates: Policy["gates"]; onChange: (gates: Policy["gates"]) => void }) {
  const toggle = (gate: Policy["gates"][number]) => (on: boolean) =>
    onChange(on ? [...gates, gate] : gates.filter((other) => other !== gate));
  return (
    <fieldset>
      <legend>Approval</legend>
      <CheckField
        label="Before it gets any traffic"
        checked={gates.includes("before-traffic")}
        onChange={toggle("before-traffic")}
      />
      <CheckField
        label="Before it gets all of the traffic"
        checked={gates.includes("before-full")}
        onChange={toggle("before-full")}
      />
    </fieldset>
  );
}

function PromoteFrom({
  env,
  value,
  onChange,
  error,
}: {
  env: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}) {
  const others = (useQuery(environmentsQuery).data ?? []).filter(({ name }) => name !== env);
  return (
    <SelectField
      label="Releases come"
      value={value}
      onChange={onChange}
      error={error}
      options={[["", "from anywhere"], ...others.map(({ name }) => [name, `by promotion from ${name} only`] as const)]}
    />
  );
}
