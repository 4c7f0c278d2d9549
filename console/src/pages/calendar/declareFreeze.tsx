import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { act, useKeyFor } from "../../api/act.ts";
import { asProblem } from "../../api/problem.ts";
import { Button } from "../../parts/button.tsx";
import { Window } from "../../parts/confirm.tsx";
import { TextArea, TextField } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem.tsx";

/** Lets no rollout begin for a while. */
export function DeclareFreeze({ env, onClose }: { env: string; onClose: () => void }) {
  const client = useQueryClient();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const key = useKeyFor(`${from} ${to} ${reason}`);
  const declaring = useMutation({
    mutationFn: () =>
      act.freeze(
        env,
        {
          ...(from !== "" && { from: new Date(from).toISOString() }),
          to: new Date(to).toISOString(),
          reason: reason.trim(),
        },
        key,
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["calendar", env] });
      onClose();
    },
  });
  const problem = declaring.isError ? asProblem(declaring.error) : undefined;
  const missing = to === "" || reason.trim() === "";
  return (
    <Window title={`Freeze ${env}`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && !declaring.isPending) declaring.mutate();
        }}
      >
        <p className="effect">
          While it lasts, no rollout begins and no change that needs new pods. What has begun goes on; rollbacks and
          repairs are never held up; a rollout can go past it with a reason.
        </p>
        <TextField
          label="From"
          type="datetime-local"
          optional
          hint="By your clock; left empty: from now on."
          value={from}
          onChange={setFrom}
          error={problem?.at("/from")}
        />
        <TextField label="To" type="datetime-local" value={to} onChange={setTo} error={problem?.at("/to")} required />
        <TextArea
          label="Reason"
          hint="Everybody who is held up reads it."
          value={reason}
          onChange={setReason}
          error={problem?.at("/reason")}
          required
        />
        {problem && <ProblemNote error={problem} />}
        <footer className="row" style={{ justifyContent: "flex-end" }}>
          <Button onPress={onClose}>Don’t</Button>
          <Button type="submit" look="primary" isDisabled={missing} isPending={declaring.isPending}>
            Freeze
          </Button>
        </footer>
      </form>
    </Window>
  );
}
