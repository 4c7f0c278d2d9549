import { useState } from "react";
import { Button } from "../../parts/button.tsx";
import { Window } from "../../parts/confirm.tsx";
import { TextField } from "../../parts/field.tsx";

/** Asks for a time: the newest backup that had been taken by then is the one to go back to. */
export function RestoreToTime({ onChosen }: { onChosen: (at: string) => void }) {
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
              hint="By your clock. The newest backup that had been taken by then is brought back; you see first which, and what would be lost."
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
