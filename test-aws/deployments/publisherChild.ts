import pino from "pino";
import { startPublishing } from "../../automation/aws/deployments/publish.ts";
import { dynamoTable } from "../../automation/aws/deployments/table.ts";
import { openBooks } from "../../test/automation/books.ts";

/**
 * Publishes the ledger at `url` to `table`, and stands still at the first write: `before` it is sent, or `after` it was
 * answered. Says so; whoever started it ends it there.
 */
const [url = "", name = "", at = ""] = process.argv.slice(2);
const { ledger } = await openBooks(url);
const table = dynamoTable(name);
const stand = (): Promise<never> => {
  console.log("standing");
  return new Promise(() => undefined);
};
startPublishing({
  ledger,
  table: {
    ...table,
    async write(deployment) {
      if (at === "before") return stand();
      await table.write(deployment);
      return stand();
    },
  },
  log: pino({ level: "silent" }),
});
