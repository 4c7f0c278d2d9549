import { parentPort, workerData } from "node:worker_threads";
import { openQuietly } from "./databases.ts";

const path: unknown = workerData;
if (typeof path === "string") parentPort?.postMessage(check(path));

function check(path: string): string[] {
  try {
    const database = openQuietly(path);
    const rows = database.prepare("PRAGMA integrity_check(10)").all();
    database.close();
    return rows.map((row) => String(row["integrity_check"])).filter((line) => line !== "ok");
  } catch (error) {
    return [(error as Error).message];
  }
}
