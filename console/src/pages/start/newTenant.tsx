import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { newTenant } from "../../../../model/tenant.ts";
import { act, useKeyFor } from "../../api/act.ts";
import { asProblem } from "../../api/problem.ts";
import { releasesQuery } from "../../api/queries.ts";
import { PairsField } from "../../forms/pairsField.tsx";
import { flagsOf, textsOf, type Pair } from "../../forms/pairs.ts";
import { faultAt, faultsOf } from "../../forms/validate.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { SelectField, TextArea, TextField } from "../../parts/field.tsx";
import { Note } from "../../parts/note.tsx";
import { Plan } from "../../parts/plan.tsx";
import { ProblemNote } from "../../parts/problem.tsx";
import { linesOf, numberOf } from "../tenant/draft.ts";
import { idFrom } from "./idFrom.ts";

interface Draft {
  name: string;
  /** null: made from the name. */
  id: string | null;
  release: string;
  tier: string;
  ring: string;
  timeZone: string;
  hostnames: string;
  config: Pair[];
  flags: Pair[];
  secrets: Pair[];
}

const first: Draft = {
  name: "",
  id: null,
  release: "",
  tier: "small",
  ring: "0",
  timeZone: "UTC",
  hostnames: "",
  config: [],
  flags: [],
  secrets: [],
};

/** Makes a tenant. The form knows what the API takes; the preview is of the very thing that would be made. */
export function NewTenantForm({ env }: { env: string }) {
  const [draft, setDraft] = useState(first);
  const [touched, setTouched] = useState(false);
  const [, navigate] = useLocation();
  const releases = useQuery(releasesQuery(env)).data?.filter(({ withdrawn }) => !withdrawn);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const tenant = tenantOf(draft, releases?.[0]?.version);
  const asText = JSON.stringify(tenant);
  const key = useKeyFor(asText);
  const faults = faultsOf(newTenant, tenant);
  const path = { env, id: tenant.id };
  const previewing = useMutation({
    mutationFn: async () => ({ of: asText, preview: await act.preview(path, tenant) }),
  });
  const making = useMutation({
    mutationFn: () => act.provision(env, tenant, key),
    onSuccess: (operation) => navigate(`/operations/${operation.id}`),
  });
  const shown = previewing.data?.of === asText ? previewing.data.preview : undefined;
  const failed = making.isError ? making.error : previewing.isError ? previewing.error : undefined;
  const at = (pointer: string): string | undefined =>
    (touched ? faultAt(faults, pointer) : undefined) ?? (failed ? asProblem(failed).at(pointer) : undefined);
  if (releases?.length === 0)
    return (
      <Note title={`There is no release in ${env} yet`}>
        <p>A tenant begins with a release of your application.</p>
        <p>
          <LinkButton href={`/environments/${env}/start/release`} look="primary">
            Register a release
          </LinkButton>
        </p>
      </Note>
    );
  return (
    <Card title="New tenant">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setTouched(true);
          if (faults.size > 0 || previewing.isPending || making.isPending) return;
          if (shown) making.mutate();
          else previewing.mutate();
        }}
      >
        <div className="form-grid">
          <TextField
            label="Name"
            value={draft.name}
            onChange={(name) => change({ name })}
            error={at("/name")}
            placeholder="Acme Ltd"
          />
          <TextField
            label="Id"
            mono
            hint="Part of its address; stays for good."
            value={draft.id ?? idFrom(draft.name)}
            onChange={(id) => change({ id })}
            error={at("/id")}
          />
          <SelectField
            label="Release"
            value={tenant.release}
            onChange={(release) => change({ release })}
            options={(releases ?? []).map(({ version }) => [version, version])}
            error={at("/release")}
          />
          <SelectField
            label="Tier"
            value={draft.tier}
            onChange={(tier) => change({ tier })}
            options={[
              ["small", "small"],
              ["medium", "medium"],
              ["large", "large"],
            ]}
          />
          <TextField
            label="Ring"
            type="number"
            hint="Its place in a wave: lower rings come first."
            value={draft.ring}
            onChange={(ring) => change({ ring })}
            error={at("/ring")}
          />
          <TextField
            label="Time zone"
            hint="Maintenance windows go by it."
            value={draft.timeZone}
            onChange={(timeZone) => change({ timeZone })}
            error={at("/timeZone")}
          />
        </div>
        <details>
          <summary>Host names, config, flags, secrets</summary>
          <div className="stack">
            <TextArea
              label="Host names"
              optional
              hint="One on a line, besides the one that Teal gives it."
              value={draft.hostnames}
              onChange={(hostnames) => change({ hostnames })}
              error={at("/hostnames")}
            />
            <PairsField
              legend="Config"
              hint="Plain settings, given to the application."
              pairs={draft.config}
              onChange={(config) => change({ config })}
              error={at("/config")}
            />
            <PairsField
              legend="Flags"
              hint="Feature flags: true, false, a number or a text."
              pairs={draft.flags}
              onChange={(flags) => change({ flags })}
              error={at("/flags")}
            />
            <PairsField
              legend="Secrets"
              hint="Written only: never shown again."
              pairs={draft.secrets}
              onChange={(secrets) => change({ secrets })}
              error={at("/secrets")}
              secret
            />
          </div>
        </details>
        {shown && (
          <Note title="This would be made">
            <Plan steps={shown.steps} />
          </Note>
        )}
        {failed !== undefined && <ProblemNote error={failed} />}
        <footer className="row">
          <Button type="submit" look="primary" isPending={previewing.isPending || making.isPending}>
            {making.isPending
              ? "Asking…"
              : previewing.isPending
                ? "Previewing…"
                : shown
                  ? `Make ${tenant.id}`
                  : "Preview"}
          </Button>
          {shown && <span className="small muted">Nothing has been made yet.</span>}
        </footer>
      </form>
    </Card>
  );
}

function tenantOf(draft: Draft, newest: string | undefined) {
  return {
    id: draft.id ?? idFrom(draft.name),
    name: draft.name,
    release: draft.release || (newest ?? ""),
    tier: draft.tier as "small" | "medium" | "large",
    // The schema says what is wrong with it where it is no number.
    ring: numberOf(draft.ring) as number,
    timeZone: draft.timeZone,
    hostnames: linesOf(draft.hostnames),
    config: textsOf(draft.config),
    flags: flagsOf(draft.flags),
    secrets: textsOf(draft.secrets),
  };
}
