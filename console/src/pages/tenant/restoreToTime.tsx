import { useState } from "react";
import { Button } from "../../parts/button.tsx";
import { Window } from "../../parts/confirm.tsx";
import { TextField } from "../../parts/field.tsx";

const hints = {
  exact: "By your clock, to the second. Exactly that moment is brought back; you see first what would be lost.",
  backup:
    "By your clock. The newest backup that had been taken by then is brought back; you see first which, and what would be lost.",
};

/** Asks for a time: that moment, or the newest backup that had been taken by then, is the one to go back to. */
export function RestoreToTime({ exact, onChosen }: { exact: boolean; onChosen: (at: string) => void }) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState("");
  return (
    <>
      <Button small onPress={() => setOpen(true)}>
        Restore to a time…
      </Button>
      {open && (
        <Window title="Restore to a time" onClose={() => setOpen(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (at === "") return;
              setOpen(false);
              onChosen(new Date(at).toISOString());
            }}
          >
            <TextField
              label="As it was at"
              type="datetime-local"
              hint={exact ? hints.exact : hints.backup}
              {...(exact && { step: 1 })}
              value={at}
              onChange={setAt}
              required
            />
            <footer className="row" style={{ justifyContent: "flex-end" }}>
              <Button onPress={() => setOpen(false)}>Don’t</Button>
              <Button type="submit" look="primary" isDisabled={at === ""}>
                See what that would do
              </Button>
            </footer>
          </form>
        </Window>
      )}
    </>
  );
}
