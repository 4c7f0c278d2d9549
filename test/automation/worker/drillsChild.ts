import pino from "pino";
import { filesBackups } from "../../../automation/backups/files.ts";
import { startDrills } from "../../../automation/worker/drills.ts";
import { openBooks } from "../books.ts";

/** Takes a drill on the database at `url`, says so, and never comes to its end: whoever started it ends it. */
const [url = "", root = ""] = process.argv.slice(2);
const { ledger } = await openBooks(url);
const backups = filesBackups({ volumes: `${root}/volumes`, backups: `${root}/backups` });
startDrills({
  ledger,
  backups: {
    ...backups,
    drill: () => {
      console.log("drilling");
      return new Promise(() => undefined);
    },
  },
  environments: ["production"],
  restoreSeconds: 60,
  log: pino({ level: "silent" }),
});
