import { openBooks } from "../books.ts";

/** A worker that claims an operation and then does nothing, to be killed. */
const [url, id] = process.argv.slice(2) as [string, string];
const { ledger } = await openBooks(url);
const claim = await ledger.claim(id, "child:1", 600);
console.log(claim ? "claimed" : "refused");
