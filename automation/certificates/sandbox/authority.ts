import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAuthority, openAuthority, type Authority } from "../../../x509/authority.ts";

const commonName = "Teal sandbox authority";
const validDays = 3650;

/** The certificate that whoever visits the sandbox by TLS has to trust. */
export function authorityFile(directory: string): string {
  return join(directory, "ca.pem");
}

/** The authority that is kept in a directory, made the first time; its key is its owner's alone to read. */
export function keptAuthority(directory: string): Authority {
  const [file, keyFile] = [authorityFile(directory), join(directory, "ca.key")];
  if (existsSync(file)) {
    const [certificate, key] = [file, keyFile].map((path) => readFileSync(path, "utf8"));
    return openAuthority(commonName, { certificate: certificate!, key: key! });
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const made = createAuthority(commonName, validDays);
  // The certificate last: where it is, the key is.
  for (const [path, text, mode] of [
    [keyFile, made.key, 0o600],
    [file, made.certificate, 0o644],
  ] as const) {
    writeFileSync(`${path}.new`, text, { mode });
    renameSync(`${path}.new`, path);
  }
  return made;
}
