import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { token, tokenWanted } from "../api/identity.ts";
import { useKept } from "../api/keep.ts";
import { Button } from "../parts/button.tsx";
import { Window } from "../parts/confirm.tsx";
import { TextField } from "../parts/field.tsx";

/** Asks for the installation's token once the API does. */
export function TokenEntry() {
  const wanted = useKept(tokenWanted);
  const client = useQueryClient();
  const [text, setText] = useState("");
  if (!wanted) return null;
  const close = (): void => tokenWanted.set(false);
  return (
    <Window title="Teal asks for its token" onClose={close}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          token.set(text.trim());
          setText("");
          close();
          void client.invalidateQueries();
        }}
      >
        <TextField
          label="Token"
          type="password"
          hint="The TEAL_TOKEN that this installation was started with. It is kept until this tab is closed."
          autoComplete="current-password"
          value={text}
          onChange={setText}
          required
        />
        <footer className="row" style={{ justifyContent: "flex-end" }}>
          <Button type="submit" look="primary" isDisabled={text.trim() === ""}>
            Go on
          </Button>
        </footer>
      </form>
    </Window>
  );
}
