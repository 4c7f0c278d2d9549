import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { act } from "../../api/act.ts";
import type { Operation } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Window } from "../../parts/confirm.tsx";
import { Copied } from "../../parts/copied.tsx";
import { SelectField } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem.tsx";
import { At } from "../../parts/time.tsx";

const lengths = [
  ["15", "15 minutes"],
  ["60", "an hour"],
  ["480", "8 hours"],
  ["1440", "a day"],
] as const;

/** A link by which anybody can look at the new release before it has traffic. */
export function PreviewLink({ operation }: { operation: Operation }) {
  const [open, setOpen] = useState(false);
  const [minutes, setMinutes] = useState("60");
  const making = useMutation({ mutationFn: () => act.previewLink(operation.id, Number(minutes)) });
  const close = (): void => {
    setOpen(false);
    making.reset();
  };
  return (
    <>
      <Button onPress={() => setOpen(true)}>Look at the new release</Button>
      {open && (
        <Window title={`Look at the new release of ${operation.tenant}`} onClose={close}>
          <p className="effect">
            Whoever has the link sees the tenant as the new release answers, whatever the weights, without signing in.
            It is for looking only, and ends with the preview in any case. The ledger says who made it.
          </p>
          {making.data ? (
            <div className="stack-s">
              <Copied text={making.data.url} />
              <p className="small muted">
                Good until <At at={making.data.expiresAt} />.
              </p>
              <footer className="row" style={{ justifyContent: "flex-end" }}>
                <Button onPress={close}>Close</Button>
                <a className="button button-primary" href={making.data.url} target="_blank" rel="noreferrer">
                  Open it
                </a>
              </footer>
            </div>
          ) : (
            <form
              className="stack"
              onSubmit={(event) => {
                event.preventDefault();
                making.mutate();
              }}
            >
              <SelectField label="Good for" value={minutes} onChange={setMinutes} options={lengths} />
              {making.isError && <ProblemNote error={making.error} />}
              <footer className="row" style={{ justifyContent: "flex-end" }}>
                <Button onPress={close}>Don’t</Button>
                <Button type="submit" look="primary" isPending={making.isPending}>
                  Make a link
                </Button>
              </footer>
            </form>
          )}
        </Window>
      )}
    </>
  );
}
