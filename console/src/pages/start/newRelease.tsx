import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { newRelease } from "../../../../model/release.ts";
import { act, useKeyFor } from "../../api/act.ts";
import { asProblem } from "../../api/problem.ts";
import { policyQuery } from "../../api/queries.ts";
import { faultAt, faultsOf } from "../../forms/validate.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { SelectField, TextField } from "../../parts/field.tsx";
import { Note } from "../../parts/note.tsx";
import { ProblemNote } from "../../parts/problem.tsx";
import { emptyRelease, releaseOf, type ReleaseDraft } from "./releaseDraft.ts";

/** Registers a release. Pipelines do so by the API, with whatever the form leaves to its defaults. */
export function NewReleaseForm({ env }: { env: string }) {
  const [draft, setDraft] = useState(emptyRelease);
  const [touched, setTouched] = useState(false);
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const promoteFrom = useQuery(policyQuery(env)).data?.policy.promoteFrom;
  const change = (part: Partial<ReleaseDraft>): void => setDraft({ ...draft, ...part });
  const release = releaseOf(draft);
  const key = useKeyFor(JSON.stringify(release));
  const faults = faultsOf(newRelease, release);
  const registering = useMutation({
    mutationFn: () => act.register(env, release, key),
    onSuccess: ({ version }) => {
      void client.invalidateQueries({ queryKey: ["releases", env] });
      navigate(`/environments/${env}/releases/${encodeURIComponent(version)}`);
    },
  });
  const at = (pointer: string): string | undefined =>
    (touched ? faultAt(faults, pointer) : undefined) ??
    (registering.isError ? asProblem(registering.error).at(pointer) : undefined);
  if (promoteFrom)
    return (
      <Note title={`${env} takes releases from ${promoteFrom} only`}>
        <p>
          Open the release in {promoteFrom} and promote it, once it has succeeded there. The policy of {env} says so.
        </p>
      </Note>
    );
  return (
    <Card title="Register a release">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setTouched(true);
          if (faults.size === 0 && !registering.isPending) registering.mutate();
        }}
      >
        <div className="form-grid">
          <TextField
            label="Version"
            mono
            placeholder="1.0.0"
            value={draft.version}
            onChange={(version) => change({ version })}
            error={at("/version")}
          />
          <TextField
            label="Image"
            mono
            placeholder="teal/app:1.0.0"
            hint="Best by digest: name@sha256:…"
            value={draft.image}
            onChange={(image) => change({ image })}
            error={at("/image")}
          />
        </div>
        <details>
          <summary>Port, checks, data, migration</summary>
          <div className="form-grid">
            <TextField
              label="Port"
              type="number"
              value={draft.port}
              onChange={(port) => change({ port })}
              error={at("/components/web/port")}
            />
            <TextField
              label="Path of its readiness probe"
              mono
              value={draft.healthPath}
              onChange={(healthPath) => change({ healthPath })}
              error={at("/components/web/healthPath")}
            />
            <TextField
              label="Check: path"
              mono
              hint="It must answer this before it gets any traffic."
              value={draft.path}
              onChange={(path) => change({ path })}
              error={at("/checks/0/path")}
            />
            <TextField
              label="Check: status that must come"
              type="number"
              value={draft.status}
              onChange={(status) => change({ status })}
              error={at("/checks/0/status")}
            />
            <TextField
              label="Path of its data"
              mono
              optional
              placeholder="/data"
              hint="Each tenant gets a volume there, which outlives releases and is backed up."
              value={draft.volume}
              onChange={(volume) => change({ volume })}
              error={at("/volume/path")}
            />
            <SelectField
              label="Migration of the data"
              value={draft.migration}
              onChange={(migration) => change({ migration })}
              options={[
                ["none", "none"],
                ["compatible", "one that the previous release can live with"],
                ["incompatible", "one that there is no way back from"],
              ]}
            />
            {draft.migration !== "none" && (
              <TextField
                label="Command of the migration"
                mono
                optional
                placeholder="migrate"
                hint="Run once, in the new image, on the tenant’s data. Without one the application migrates when it starts."
                value={draft.migrate}
                onChange={(migrate) => change({ migrate })}
                error={at("/migration/command")}
              />
            )}
          </div>
        </details>
        {registering.isError && <ProblemNote error={registering.error} />}
        <footer className="row">
          <Button type="submit" look="primary" isPending={registering.isPending}>
            {registering.isPending ? "Asking…" : "Register"}
          </Button>
          <span className="small muted">Nothing is rolled out by it.</span>
        </footer>
      </form>
    </Card>
  );
}
