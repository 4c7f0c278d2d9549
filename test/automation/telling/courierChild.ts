import pino from "pino";
import { startCourier } from "../../../automation/telling/courier.ts";
import { openBooks } from "../books.ts";

/** A courier in a process of its own, to be killed. */
const [url] = process.argv.slice(2) as [string];
const { ledger } = await openBooks(url);
startCourier({
  ledger,
  environments: ["production"],
  publicUrl: "https://teal.example.com",
  posting: { reach: { loopback: true, private: false } },
  log: pino({ level: "silent" }),
});
