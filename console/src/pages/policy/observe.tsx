import { useQueryClient } from "@tanstack/react-query";
import { act } from "../../api/act.ts";
import { ConfirmButton } from "../../parts/confirm.tsx";
import { useEnvironment } from "../../shell/environment.ts";

/** Has the environment only observed; the way back is in the bar that then stands on every page. */
export function ObserveButton({ env }: { env: string }) {
  const environment = useEnvironment(env);
  const client = useQueryClient();
  if (!environment || environment.mode === "observe") return null;
  return (
    <ConfirmButton
      label="Only observe…"
      danger
      title={`Only observe ${env}`}
      verb="Observe"
      effect="Previews, drift and reports work. Whatever would change cluster or stacks is refused, and what is under way waits, rollbacks included, until it is managed again. Customers notice nothing."
      run={(reason) => act.observe(env, reason)}
      onDone={() => void client.invalidateQueries({ queryKey: ["environments"] })}
    />
  );
}
