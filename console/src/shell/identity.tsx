import { Moon, Sun, SunMoon } from "lucide-react";
import { useState } from "react";
import { actor } from "../api/identity.ts";
import { kept, useKept } from "../api/keep.ts";
import { Button } from "../parts/button.tsx";
import { Window } from "../parts/confirm.tsx";
import { TextField } from "../parts/field.tsx";

const theme = kept("teal.theme", localStorage);
const themes = [
  { value: "", name: "as the system is", icon: SunMoon },
  { value: "light", name: "light", icon: Sun },
  { value: "dark", name: "dark", icon: Moon },
];

/** Who acts, and in which light they like to read. */
export function Identity() {
  const name = useKept(actor);
  const [open, setOpen] = useState(false);
  return (
    <div className="row" style={{ flexWrap: "nowrap" }}>
      <Button look="quiet" small onPress={() => setOpen(true)}>
        <span style={{ overflow: "hidden", textOverflow: "ellipsis" }}>{name === "" ? "Say who you are" : name}</span>
      </Button>
      <span className="push">
        <ThemeSwitch />
      </span>
      {open && <ActorEntry onClose={() => setOpen(false)} />}
    </div>
  );
}

function ThemeSwitch() {
  const chosen = useKept(theme);
  const at = Math.max(
    0,
    themes.findIndex(({ value }) => value === chosen),
  );
  const { name, icon: Icon } = themes[at]!;
  const next = themes[(at + 1) % themes.length]!;
  const switchTo = (): void => {
    theme.set(next.value);
    if (next.value === "") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next.value;
  };
  return (
    <Button look="quiet" small icon aria-label={`Theme: ${name}. Switch to: ${next.name}`} onPress={switchTo}>
      <Icon aria-hidden="true" />
    </Button>
  );
}

function ActorEntry({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState(actor.get());
  return (
    <Window title="Who are you?" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          actor.set(name.trim());
          onClose();
        }}
      >
        <TextField
          label="Your name"
          hint="Kept in this browser, and written into the ledger with everything you do here."
          autoComplete="name"
          value={name}
          onChange={setName}
        />
        <footer className="row" style={{ justifyContent: "flex-end" }}>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Keep
          </Button>
        </footer>
      </form>
    </Window>
  );
}
