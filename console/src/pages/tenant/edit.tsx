import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { tenantPatch } from "../../../../model/tenant.ts";
import { act } from "../../api/act.ts";
import { asProblem } from "../../api/problem.ts";
import type { Preview, Tenant } from "../../api/types.ts";
import { PairsField } from "../../forms/pairsField.tsx";
import { faultAt, faultsOf } from "../../forms/validate.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../../parts/field.tsx";
import { Note } from "../../parts/note.tsx";
import { Plan } from "../../parts/plan.tsx";
import { ProblemNote } from "../../parts/problem.tsx";
import { draftOf, patchOf, type Draft } from "./draft.ts";

/** Changes a tenant's settings: what would change is shown before it is applied. */
export function EditSettings({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(tenant));
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const path = { env: tenant.environment, id: tenant.id };
  const patch = patchOf(tenant, draft);
  const asText = JSON.stringify(patch);
  const faults = faultsOf(tenantPatch, patch);
  const previewing = useMutation({
    mutationFn: async () => ({ of: asText, preview: await act.preview(path, patch) }),
  });
  const applying = useMutation({
    mutationFn: () => act.patch(path, tenant.revision, patch),
    onSuccess: (operation) => {
      void client.invalidateQueries({ queryKey: ["tenant", tenant.environment, tenant.id] });
      if (operation) navigate(`/operations/${operation.id}`);
      else onClose();
    },
  });
  const shown = previewing.data?.of === asText ? previewing.data.preview : undefined;
  const failed = previewing.isError ? previewing.error : applying.isError ? applying.error : undefined;
  const nothing = asText === "{}";
  return (
    <Card title="Change settings">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (faults.size > 0 || nothing) return;
          if (shown) applying.mutate();
          else previewing.mutate();
        }}
      >
        <SettingsFields
          draft={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
          at={(pointer) => faultAt(faults, pointer) ?? (failed ? asProblem(failed).at(pointer) : undefined)}
          secretNames={tenant.secretNames}
        />
        {shown && <Shown preview={shown} />}
        {failed !== undefined && <ProblemNote error={failed} />}
        <footer className="row">
          {shown ? (
            <Button type="submit" look="primary" isPending={applying.isPending}>
              {applying.isPending ? "Applying…" : "Apply"}
            </Button>
          ) : (
            <Button
              type="submit"
              look="primary"
              isDisabled={nothing || faults.size > 0}
              isPending={previewing.isPending}
            >
              {previewing.isPending ? "Previewing…" : "Preview"}
            </Button>
          )}
          <Button onPress={onClose}>Cancel</Button>
          {nothing && <span className="small muted">Nothing is changed yet.</span>}
        </footer>
      </form>
    </Card>
  );
}

function Shown({ preview }: { preview: Preview }) {
  const needsPods = preview.creates + preview.replaces > 0;
  return (
    <Note title="This would change">
      <Plan steps={preview.steps} />
      <p className="small muted">
        {needsPods
          ? "It goes the way of a rollout: new pods in the idle slot, checked, then traffic step by step."
          : "It is applied in place."}
      </p>
    </Note>
  );
}

function SettingsFields({
  draft,
  onChange,
  at,
  secretNames,
}: {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  at: (pointer: string) => string | undefined;
  secretNames: readonly string[];
}) {
  return (
    <>
      <div className="form-grid">
        <TextField label="Name" value={draft.name} onChange={(name) => onChange({ name })} error={at("/name")} />
        <SelectField
          label="Tier"
          value={draft.tier}
          onChange={(tier) => onChange({ tier: tier as Draft["tier"] })}
          options={[
            ["small", "small"],
            ["medium", "medium"],
            ["large", "large"],
          ]}
          error={at("/tier")}
        />
        <TextField
          label="Ring"
          type="number"
          hint="Lower rings come first."
          value={draft.ring}
          onChange={(ring) => onChange({ ring })}
          error={at("/ring")}
        />
        <TextField
          label="Time zone"
          hint="Maintenance windows go by it."
          value={draft.timeZone}
          onChange={(timeZone) => onChange({ timeZone })}
          error={at("/timeZone")}
        />
      </div>
      <TextArea
        label="Host names"
        optional
        hint="One on a line, besides the one that Teal gives it."
        value={draft.hostnames}
        onChange={(hostnames) => onChange({ hostnames })}
        error={at("/hostnames")}
      />
      <PairsField
        legend="Config"
        hint="Plain settings, given to the application."
        pairs={draft.config}
        onChange={(config) => onChange({ config })}
        error={at("/config")}
      />
      <PairsField
        legend="Flags"
        hint="Feature flags: true, false, a number or a text."
        pairs={draft.flags}
        onChange={(flags) => onChange({ flags })}
        error={at("/flags")}
      />
      <PairsField
        legend="Secrets"
        hint="Written only: what is there is never shown. A name that is there already gets the new value."
        pairs={draft.secrets}
        onChange={(secrets) => onChange({ secrets })}
        error={at("/secrets")}
        secret
      />
      {secretNames.map((name) => (
        <CheckField
          key={name}
          label={`Take out the secret ${name}`}
          checked={draft.withoutSecrets.includes(name)}
          onChange={(gone) =>
            onChange({
              withoutSecrets: gone
                ? [...draft.withoutSecrets, name]
                : draft.withoutSecrets.filter((other) => other !== name),
            })
          }
        />
      ))}
    </>
  );
}
