import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { objectAt, textAt } from "./json.ts";

/** A certificate and its private key, both PEM. */
export interface ServingCertificate {
  cert: string;
  key: string;
}

const validYears = 10;
const oid = {
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
};

/** The certificate in a file, made at the first start: clients that know it stay connected over restarts. */
export async function servingCertificate(path: string): Promise<ServingCertificate> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text !== undefined) {
    const { cert, key } = objectAt(JSON.parse(text));
    return { cert: textAt(cert) ?? "", key: textAt(key) ?? "" };
  }
  const made = selfSigned();
  await writeFile(`${path}.tmp`, JSON.stringify(made), { mode: 0o600 });
  await rename(`${path}.tmp`, path);
  return made;
}

/** A certificate for 127.0.0.1 and localhost that vouches for itself (RFC 5280; P-256). */
export function selfSigned(now = new Date()): ServingCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(identifier(oid.ecdsaWithSha256));
  const content = toBeSigned(publicKey, algorithm, now);
  const der = sequence(content, algorithm, bitString(sign("sha256", content, privateKey)));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  const cert = ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
  return { cert, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

function toBeSigned(key: KeyObject, algorithm: Buffer, now: Date): Buffer {
  const until = new Date(now);
  until.setUTCFullYear(now.getUTCFullYear() + validYears);
  const name = sequence(tagged(0x31, sequence(identifier(oid.commonName), tagged(0x0c, Buffer.from("teal-sandbox")))));
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  return sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, serial),
    algorithm,
    name,
    sequence(utcTime(new Date(now.getTime() - 3_600_000)), utcTime(until)),
    name,
    key.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions())),
  );
}

function extensions(): Buffer[] {
  const authority = sequence(tagged(0x01, Buffer.from([0xff])));
  const names = sequence(tagged(0x87, Buffer.from([127, 0, 0, 1])), tagged(0x82, Buffer.from("localhost")));
  return [
    sequence(identifier(oid.basicConstraints), tagged(0x01, Buffer.from([0xff])), tagged(0x04, authority)),
    sequence(identifier(oid.subjectAltName), tagged(0x04, names)),
  ];
}

/** One value in DER: its tag, its length, its content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function identifier(bytes: number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

function bitString(content: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([0]), content]));
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/\D/g, "").slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}
