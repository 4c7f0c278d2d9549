import { Link } from "wouter";
import { Page } from "../../parts/page.tsx";
import { LostPage } from "../lost.tsx";
import { NewTenantForm } from "./newTenant.tsx";
import { NewReleaseForm } from "./newRelease.tsx";
import { NewRolloutForm } from "./newRollout.tsx";

const kinds = [
  ["tenant", "New tenant"],
  ["rollout", "Roll out a release"],
  ["release", "Register a release"],
] as const;

/** Where things begin. What would be done is shown before it is. */
export default function StartPage({ env, what }: { env: string; what: string }) {
  const chosen = kinds.find(([name]) => name === what);
  if (!chosen) return <LostPage />;
  return (
    <Page title="Start" name={`${chosen[1]} in ${env}`} lead={`In ${env}. What would be done is shown before it is.`}>
      <nav className="tabs" aria-label="What to start">
        {kinds.map(([name, word]) => (
          <Link
            key={name}
            href={`/environments/${env}/start/${name}`}
            aria-current={name === what ? "page" : undefined}
          >
            {word}
          </Link>
        ))}
      </nav>
      {what === "tenant" && <NewTenantForm env={env} />}
      {what === "rollout" && <NewRolloutForm env={env} />}
      {what === "release" && <NewReleaseForm env={env} />}
    </Page>
  );
}
