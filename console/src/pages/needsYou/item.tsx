import { useQueryClient } from "@tanstack/react-query";
import {
  Ban,
  Bell,
  CircleAlert,
  DatabaseBackup,
  Ghost,
  Hand,
  OctagonPause,
  Pause,
  ShieldAlert,
  Undo2,
  type LucideIcon,
} from "lucide-react";
import { Link } from "wouter";
import { offered } from "../../api/offered.ts";
import type { AttentionItem } from "../../api/types.ts";
import { AlertFacts } from "../../parts/alert.tsx";
import { LinkButton } from "../../parts/button.tsx";
import { ConfirmButton } from "../../parts/confirm.tsx";
import { Evidence } from "../../parts/outcome.tsx";
import { Said } from "../../parts/said.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago, Until } from "../../parts/time.tsx";
import { capital, causeText, titleOf, type Tone } from "../../words/machine.ts";

const concerns: Record<AttentionItem["concern"], { word: string; tone: Tone; icon: LucideIcon }> = {
  approval: { word: "Needs approval", tone: "wait", icon: Hand },
  paused: { word: "Paused", tone: "wait", icon: Pause },
  halted: { word: "Halted", tone: "bad", icon: CircleAlert },
  failed: { word: "Failed", tone: "bad", icon: Ban },
  "rolled-back": { word: "Rolled back", tone: "bad", icon: Undo2 },
  tenant: { word: "Changed by hand", tone: "wait", icon: Hand },
  certificate: { word: "Certificate", tone: "wait", icon: ShieldAlert },
  drill: { word: "Restore not proven", tone: "bad", icon: DatabaseBackup },
  "unknown-stacks": { word: "Unknown tenants", tone: "wait", icon: Ghost },
  alert: { word: "Alert", tone: "bad", icon: Bell },
  stopped: { word: "Stopped", tone: "wait", icon: OctagonPause },
};
const words: Record<string, string> = {
  acknowledge: "Take note",
  drill: "Try a restore",
  drift: "See what was changed",
  rollback: "Roll back",
};
const dangerous = new Set(["abort", "rollback", "reject"]);

/** One thing that needs a person: what, why, until when, and what can be done about it right here. */
export function ItemCard({ item }: { item: AttentionItem }) {
  const { word, tone: usual, icon } = concerns[item.concern];
  const tone = item.alert?.severity === "warning" ? "wait" : usual;
  return (
    <article className={`card concern concern-${tone}`}>
      <div className="card-body stack-s">
        <div className="row">
          <Status tone={tone} icon={icon}>
            {word}
          </Status>
          <h2>
            <Subject item={item} />
          </h2>
          <span className="small muted push">
            {item.deadline === null ? (
              <>
                since <Ago at={item.since} />
              </>
            ) : (
              <span className="strong">
                goes back <Until at={item.deadline} />
              </span>
            )}
          </span>
        </div>
        <p className="breaks">
          <Said text={item.message} />
        </p>
        {item.alert ? (
          <>
            {item.alert.description !== null && <p className="small breaks">{item.alert.description}</p>}
            <AlertFacts alert={item.alert} severity={item.alert.severity} />
          </>
        ) : (
          <>
            <p className="small muted">
              {causeText(item.cause)}. <code className="faint">{item.code}</code>
            </p>
            <Evidence evidence={item.evidence} brief />
          </>
        )}
        {item.underWay !== undefined && (
          <p className="small">
            Something has been begun since: <Link href={`/operations/${item.underWay}`}>see it</Link>.
          </p>
        )}
        <div className="row">
          <Actions item={item} />
        </div>
      </div>
    </article>
  );
}

function Subject({ item: { environment, tenant, operation } }: { item: AttentionItem }) {
  if (environment === null) return <>Teal and its platform</>;
  if (tenant === null) return <>{environment}</>;
  const to = operation ? `/operations/${operation.id}` : `/environments/${environment}/tenants/${tenant}`;
  return (
    <>
      <Link href={to}>
        {tenant}
        {operation && `: ${titleOf(operation)}`}
      </Link>{" "}
      <span className="muted small">in {environment}</span>
    </>
  );
}

function Actions({ item }: { item: AttentionItem }) {
  const client = useQueryClient();
  const { environment, tenant, operation } = item;
  // Aborting what can be rolled back does the same: the one word that people look for is enough.
  const hasRollback = item.actions.some(({ name }) => name === "rollback");
  const posts = item.actions.filter(({ name, method }) => method === "POST" && !(name === "abort" && hasRollback));
  return (
    <>
      {operation && (
        <LinkButton href={`/operations/${operation.id}`} small look={item.concern === "approval" ? "primary" : "plain"}>
          {item.concern === "approval" ? "Look and decide" : "Open"}
        </LinkButton>
      )}
      {item.concern === "alert" && tenant !== null && (
        <LinkButton href={`/environments/${environment}/tenants/${tenant}`} small>
          Open the tenant
        </LinkButton>
      )}
      {item.concern === "tenant" && tenant !== null && (
        <LinkButton href={`/environments/${environment}/tenants/${tenant}/internals`} small look="primary">
          See what was changed
        </LinkButton>
      )}
      {item.concern === "certificate" && (
        <LinkButton
          href={`/environments/${environment}/${tenant === null ? "certificates" : `tenants/${tenant}`}`}
          small
          look="primary"
        >
          See the host names
        </LinkButton>
      )}
      {/* Approving takes a look at the plan first. */}
      {posts
        .filter(({ name }) => name !== "approve")
        .map((action) => (
          <ConfirmButton
            key={action.name}
            label={words[action.name] ?? capital(action.name)}
            small
            look={dangerous.has(action.name) ? "danger" : "plain"}
            danger={dangerous.has(action.name)}
            title={`${words[action.name] ?? capital(action.name)}: ${tenant ?? environment ?? "Teal"}`}
            verb={words[action.name] ?? capital(action.name)}
            effect={action.effect}
            run={(reason, key) => offered(action, reason, key)}
            onDone={() => void client.invalidateQueries()}
          />
        ))}
    </>
  );
}
