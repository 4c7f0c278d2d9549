import { useQuery } from "@tanstack/react-query";
import { environmentsQuery } from "../../api/queries.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { Empty } from "../../parts/note.tsx";
import { useEnvironmentName } from "../../shell/environment.ts";

/** Nothing waits. Where there is nothing at all yet, how to begin. */
export function Quiet() {
  const env = useEnvironmentName();
  const here = useQuery(environmentsQuery).data?.find(({ name }) => name === env);
  const E = `/environments/${env}`;
  if (here && here.tenants === 0)
    return (
      <Card title={`Begin in ${env}`}>
        <ol className="stack begin">
          <li>
            <p className="strong">1. Register a release</p>
            <p className="muted">
              A version of your application and its image. Pipelines do it by the API; you can here.
            </p>
            <LinkButton href={`${E}/start/release`} look={here.releases === 0 ? "primary" : "plain"} small>
              Register a release
            </LinkButton>
          </li>
          <li>
            <p className="strong">2. Make a tenant</p>
            <p className="muted">
              A customer gets a copy of the application of its own. You see what is made before it is.
            </p>
            <LinkButton href={`${E}/start/tenant`} look={here.releases > 0 ? "primary" : "plain"} small>
              New tenant
            </LinkButton>
          </li>
          <li>
            <p className="strong">3. Roll out the next release</p>
            <p className="muted">
              It goes beside the old one, is checked, gets traffic step by step, and goes back if it is bad.
            </p>
          </li>
        </ol>
      </Card>
    );
  return (
    <Card title="Nothing needs you">
      <Empty title="No rollout waits, nothing has failed, nobody changed anything by hand, no alert fires.">
        <p className="muted">
          Here you will find rollouts that wait for an approval, whatever halted, failed or went back, tenants that were
          changed by hand, and alerts, each with its cause and what you can do.
        </p>
      </Empty>
    </Card>
  );
}
