import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ValidationRecord } from "../../../model/certificate.ts";

/** The sandbox's stand-in for the DNS of custom domains: a line for each record, as in a zone file. */
export function recordsFile(directory: string): string {
  return join(directory, "dns.txt");
}

/** What the owner of a host name has to set; always the same for a name. @param secret nobody else can guess it from */
export function recordFor(hostname: string, secret: string): ValidationRecord {
  const digits = createHmac("sha256", secret).update(hostname).digest("hex");
  return {
    name: `_${digits.slice(0, 16)}.${hostname}`,
    type: "CNAME",
    value: `_${digits.slice(16, 32)}.validations.teal.test`,
  };
}

/** Whether a record is set, by the file as it is now; a missing file has none. */
export function lookUp(directory: string): (record: ValidationRecord) => boolean {
  const set = new Set(linesOf(recordsFile(directory)).map(keyOf));
  return ({ name, type, value }) => set.has(keyOf(`${name} ${type} ${value}`));
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** `Name. 300 IN CNAME Value. ; why` → `name cname value` */
function keyOf(line: string): string {
  const words = line
    .replace(/[;#].*/, "")
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "in" && !/^\d+$/.test(word));
  return words.map((word) => word.replace(/\.$/, "")).join(" ");
}
