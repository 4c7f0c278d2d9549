import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useKeyFor } from "../api/act.ts";
import { actor } from "../api/identity.ts";
import { asProblem } from "../api/problem.ts";
import { Button } from "./button.tsx";
import { TextArea, TextField } from "./field.tsx";
import { ProblemNote } from "./problem.tsx";

/** A dialog with the page behind it out of reach. */
export function Window({
  title,
  wide = false,
  onClose,
  children,
}: {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay isOpen isDismissable className="overlay" onOpenChange={(open) => open || onClose()}>
      <Modal className={wide ? "dialog-box dialog-wide" : "dialog-box"}>
        <Dialog className="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmProps<T> {
  title: string;
  /** What it would bring about, before anybody decides. */
  effect: ReactNode;
  /** The word on the button: the very thing that it does. */
  verb: string;
  danger?: boolean;
  /** Whether it can be done without saying why. */
  reasonOptional?: boolean;
  children?: ReactNode;
  run: (reason: string, key: string) => Promise<T>;
  onDone: (result: T) => void;
  onClose: () => void;
}

/** Asks before something is done: says its effect, takes the reason, and shows where it was refused. */
export function Confirm<T>({
  title,
  effect,
  verb,
  danger = false,
  reasonOptional = false,
  children,
  run,
  onDone,
  onClose,
}: ConfirmProps<T>) {
  const [reason, setReason] = useState("");
  const [name, setName] = useState(actor.get());
  const [unnamed] = useState(actor.get() === "");
  const key = useKeyFor(reason.trim());
  const doing = useMutation({
    mutationFn: () => {
      if (unnamed) actor.set(name.trim());
      return run(reason.trim(), key);
    },
    onSuccess: (result) => {
      onClose();
      onDone(result);
    },
  });
  const missing = !reasonOptional && reason.trim() === "";
  return (
    <Window title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && !doing.isPending) doing.mutate();
        }}
      >
        <div className="effect">{effect}</div>
        {children}
        <TextArea
          label="Reason"
          optional={reasonOptional}
          hint="Kept with it in the ledger, for whoever asks later."
          value={reason}
          onChange={setReason}
          required={!reasonOptional}
          error={doing.isError ? asProblem(doing.error).at("/reason") : undefined}
        />
        {unnamed && (
          <TextField
            label="Your name"
            optional
            hint="Kept in this browser and sent with everything you do."
            autoComplete="name"
            value={name}
            onChange={setName}
          />
        )}
        {doing.isError && <ProblemNote error={doing.error} />}
        <footer className="row" style={{ justifyContent: "flex-end" }}>
          <Button onPress={onClose}>Don’t</Button>
          <Button type="submit" look={danger ? "danger" : "primary"} isDisabled={missing} isPending={doing.isPending}>
            {doing.isPending ? "Asking…" : verb}
          </Button>
        </footer>
      </form>
    </Window>
  );
}

/** A button that asks first. */
export function ConfirmButton<T>({
  label,
  look,
  small,
  ...confirm
}: Omit<ConfirmProps<T>, "onClose" | "onDone"> & {
  label: ReactNode;
  look?: "plain" | "primary" | "danger" | "quiet";
  small?: boolean;
  onDone?: (result: T) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button {...(look && { look })} {...(small !== undefined && { small })} onPress={() => setOpen(true)}>
        {label}
      </Button>
      {open && <Confirm {...confirm} onDone={(result) => confirm.onDone?.(result)} onClose={() => setOpen(false)} />}
    </>
  );
}
