import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { act } from "../api/act.ts";
import type { Operation } from "../api/types.ts";
import { interventionWords } from "../words/machine.ts";
import { Button } from "./button.tsx";
import { Confirm } from "./confirm.tsx";

type Action = Operation["actions"][number];
const dangerous = new Set<Action["name"]>(["abort", "rollback", "reject"]);
const foremost = new Set<Action["name"]>(["approve", "resume"]);
const order: Action["name"][] = ["approve", "resume", "finish", "pause", "reject", "abort", "rollback"];
/** Both do the same wherever both are allowed: the one word that people look for is enough. */
const shownOnce = (actions: Action[]): Action[] =>
  actions.filter(
    ({ name, effect }) =>
      name !== "abort" || !actions.some((other) => other.name === "rollback" && other.effect === effect),
  );

/** Buttons for exactly what is allowed now, each of which says its effect before it does it. */
export function OperationActions({ operation, small = false }: { operation: Operation; small?: boolean }) {
  const [chosen, setChosen] = useState<Action | null>(null);
  // What is to be approved is made first: nobody can say yes to what nobody has seen.
  const canBeDone = ({ name, allowed }: Action) => allowed && (name !== "approve" || operation.approval?.plan != null);
  const allowed = shownOnce(operation.actions.filter(canBeDone)).sort(
    (a, b) => order.indexOf(a.name) - order.indexOf(b.name),
  );
  return (
    <>
      {allowed.map((action) => (
        <Button
          key={action.name}
          small={small}
          look={foremost.has(action.name) ? "primary" : dangerous.has(action.name) ? "danger" : "plain"}
          onPress={() => setChosen(action)}
        >
          {interventionWords[action.name]}
        </Button>
      ))}
      {/* Whoever is at it is not sent away when the operation moves on: if it can't be done any more, the answer says so. */}
      {chosen && <ConfirmAction operation={operation} action={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

interface ConfirmActionProps {
  operation: Operation;
  action: Action;
  onClose: () => void;
}

function ConfirmAction({ operation, action: { name, effect }, onClose }: ConfirmActionProps) {
  const client = useQueryClient();
  // What was looked at when it was chosen: another plan asks again.
  const [plan] = useState(operation.approval?.plan);
  return (
    <Confirm
      danger={dangerous.has(name)}
      title={`${interventionWords[name]}: ${operation.tenant} in ${operation.environment}`}
      verb={interventionWords[name]}
      effect={effect}
      run={(reason, key) => {
        if (name !== "approve") return act.intervene(operation.id, name, reason, key);
        return act.approve(operation.id, plan ?? "", reason, key);
      }}
      onDone={(changed) => {
        client.setQueryData(["operation", operation.id], changed);
        void client.invalidateQueries({ queryKey: ["attention"] });
      }}
      onClose={onClose}
    />
  );
}
