import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button.tsx";

/** A text to be taken elsewhere: a command, a link. */
export function Copied({ text }: { text: string }) {
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    // Browsers give the clipboard to pages on https and localhost only; elsewhere the text can be selected.
    await navigator.clipboard?.writeText(text);
    setDone(navigator.clipboard !== undefined);
    setTimeout(() => setDone(false), 2000);
  };
  return (
    <div className="copied">
      <code className="breaks">{text}</code>
      <Button small look="quiet" icon aria-label={done ? "Copied" : "Copy"} onPress={() => void copy()}>
        {done ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </Button>
    </div>
  );
}
