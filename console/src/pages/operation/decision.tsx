import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { releaseQuery, tenantQuery } from "../../api/queries.ts";
import type { Figure, Operation } from "../../api/types.ts";
import { OperationActions } from "../../parts/actions.tsx";
import { Figures } from "../../parts/figures.tsx";
import { Plan } from "../../parts/plan.tsx";
import { Ago, At, Until } from "../../parts/time.tsx";
import { shortDigest } from "../../words/figures.ts";
import { SplitLegend } from "../tenant/splitLegend.tsx";
import { PreviewLink } from "./previewLink.tsx";

const questions: Record<NonNullable<Operation["approval"]>["gate"], string> = {
  "before-traffic": "Shall the new release get its first traffic?",
  "before-full": "Shall the new release get all of the traffic?",
};

/** What a gate waits for, and all that one needs to decide. */
export function Decision({ operation, figures }: { operation: Operation; figures: readonly Figure[] }) {
  const approval = operation.approval!;
  const recreates = operation.strategy === "recreate";
  const tenant = useQuery(tenantQuery(operation.environment, operation.tenant)).data;
  return (
    <section className="card concern concern-wait" aria-labelledby="decision">
      <div className="card-body stack">
        <div className="row">
          <h2 id="decision">
            {recreates ? "Shall the service be shut for the new release?" : questions[approval.gate]}
          </h2>
          <span className="strong push">
            Without an answer it goes back <Until at={approval.expiresAt} /> (<At at={approval.expiresAt} />)
          </span>
        </div>
        <div className="halves">
          <div className="stack-s">
            <h3>What would be done next</h3>
            {approval.plan === undefined ? (
              <p className="muted">It is being previewed…</p>
            ) : (
              <Plan steps={approval.steps} />
            )}
          </div>
          <div className="stack-s">
            <h3>Where it stands</h3>
            {tenant && <SplitLegend tenant={tenant} />}
            <ReleaseFacts operation={operation} />
          </div>
        </div>
        {figures.length > 0 && (
          <div className="stack-s">
            <h3>What was measured</h3>
            <Figures figures={figures} />
          </div>
        )}
        {recreates && (
          <p className="muted">
            Once approved, every request is answered with 503 until the new release has replaced the old one and has
            answered its checks.
          </p>
        )}
        {!recreates && figures.length === 0 && approval.gate === "before-traffic" && (
          <p className="muted">
            It has had no traffic yet, so there are no figures. All its pods are ready and have answered its checks.
          </p>
        )}
        <div className="row">
          <OperationActions operation={operation} />
          <PreviewLink operation={operation} />
        </div>
      </div>
    </section>
  );
}

function ReleaseFacts({ operation: { environment, release: version } }: { operation: Operation }) {
  const release = useQuery({ ...releaseQuery(environment, version ?? ""), enabled: version !== undefined }).data;
  if (!release) return null;
  return (
    <dl className="facts small">
      <dt>New release</dt>
      <dd>
        <Link href={`/environments/${environment}/releases/${encodeURIComponent(release.version)}`} className="version">
          {release.version}
        </Link>
      </dd>
      <dt>Image</dt>
      <dd className="mono">{shortDigest(release.image) ?? release.image}</dd>
      <dt>Registered</dt>
      <dd>
        by {release.createdBy}, <Ago at={release.createdAt} />
      </dd>
      {release.promotedFrom && (
        <>
          <dt>Proven in</dt>
          <dd>
            {release.promotedFrom.environment}: “{release.promotedFrom.reason}”
          </dd>
        </>
      )}
    </dl>
  );
}
