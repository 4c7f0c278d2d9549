import { useQuery } from "@tanstack/react-query";
import { stackQuery } from "../../api/queries.ts";
import type { Stack, Tenant } from "../../api/types.ts";
import { Card } from "../../parts/card.tsx";
import { Copied } from "../../parts/copied.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago, At, Took } from "../../parts/time.tsx";
import { DriftCard } from "./drift.tsx";
import { ResourceTree } from "./resources.tsx";
import { Link } from "wouter";

/** The tenant as Pulumi and the cluster have it, for those who want to look under the hood. */
export default function InternalsTab({ tenant }: { tenant: Tenant }) {
  const stack = useQuery(stackQuery(tenant.environment, tenant.id));
  return (
    <div className="stack">
      <DriftCard tenant={tenant} />
      <Loaded query={stack} what="the stack" lines={10}>
        {(data) => (
          <>
            <Card
              title={`Resources (${data.resources.length})`}
              aside={
                data.changedAt !== null && (
                  <span className="small muted">
                    state written <Ago at={data.changedAt} />
                  </span>
                )
              }
            >
              <ResourceTree resources={data.resources} />
              {data.more && <p className="small muted">There are more than are listed.</p>}
            </Card>
            <div className="halves">
              <Outputs outputs={data.outputs} />
              <StackFacts stack={data} namespace={tenant.namespace} />
            </div>
            <Updates updates={data.updates} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Outputs({ outputs }: { outputs: Stack["outputs"] }) {
  return (
    <Card title="Outputs">
      {outputs.length === 0 ? (
        <p className="muted">The stack has no outputs.</p>
      ) : (
        <dl className="facts">
          {outputs.map(({ name, secret, value }) => (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd className="mono small">
                {secret ? (
                  <span className="faint">hidden: a secret</span>
                ) : typeof value === "string" ? (
                  value
                ) : (
                  JSON.stringify(value)
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

function StackFacts({ stack, namespace }: { stack: Stack; namespace: string }) {
  return (
    <Card title="The stack">
      <div className="stack-s">
        <dl className="facts">
          <dt>Name</dt>
          <dd className="mono small">{stack.name}</dd>
          <dt>Namespace</dt>
          <dd className="mono small">{namespace}</dd>
          <dt>State kept in</dt>
          <dd className="mono small">{stack.backend}</dd>
        </dl>
        <p className="small muted">This opens it with the plain Pulumi CLI:</p>
        <Copied text={stack.command} />
      </div>
    </Card>
  );
}

function Updates({ updates }: { updates: Stack["updates"] }) {
  return (
    <Card title="Updates" flush>
      <ul className="activity">
        {updates.map((update) => (
          <li key={`${update.version} ${update.startedAt}`}>
            <div className="row">
              <Status tone={update.result === "succeeded" ? "done" : update.result === "failed" ? "bad" : "run"}>
                {update.result}
              </Status>
              <span className="strong">
                {update.kind} {update.version > 0 && update.version}
              </span>
              {update.operation !== undefined && <Link href={`/operations/${update.operation}`}>its operation</Link>}
              <span className="small faint push">
                <At at={update.startedAt} />
                {update.endedAt !== null && (
                  <>
                    {" "}
                    · took <Took from={update.startedAt} to={update.endedAt} />
                  </>
                )}
              </span>
            </div>
            <p className="small muted breaks">
              {Object.entries(update.changes)
                .map(([op, number]) => `${number} ${op}`)
                .join(", ")}
              {update.message !== "" && ` · ${update.message}`}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
