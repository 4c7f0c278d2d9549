import { useNow } from "./time.tsx";
import { said } from "../words/said.ts";

/** A message of the API, with its times as the reader's clock has them. */
export function Said({ text }: { text: string }) {
  return <>{said(text, useNow())}</>;
}
