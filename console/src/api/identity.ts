import { kept, remembered } from "./keep.ts";

/** Who acts, as the ledger will show it. */
export const actor = kept("teal.actor", localStorage);

/** The installation's token. Only for as long as the tab is open: whoever sits down here later has to have it too. */
export const token = kept("teal.token", sessionStorage);

/** Set once the API has asked for a token, or has refused the one that was sent. */
export const tokenWanted = remembered(false);

/** Headers that name whoever acts. The API takes printable ASCII only. */
export function identityHeaders(): Record<string, string> {
  const name = actor
    .get()
    .replaceAll(/[^\x20-\x7e]/g, "?")
    .slice(0, 100)
    .trim();
  return {
    ...(name !== "" && { "Teal-Actor": name }),
    ...(token.get() !== "" && { Authorization: `Bearer ${token.get()}` }),
  };
}
