import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { isIPv4 } from "node:net";
import * as der from "./der.ts";

/** A certificate and its private key, both PEM. */
export interface KeyedCertificate {
  certificate: string;
  key: string;
}

/** A certificate authority, ready to issue. */
export interface Authority extends KeyedCertificate {
  issue(request: CertificateRequest): KeyedCertificate;
}

export interface CertificateRequest {
  /** The user name, for Kubernetes. */
  commonName: string;
  /** The user's group, for Kubernetes. */
  organization?: string;
  usages: readonly Usage[];
  /** IPv4 addresses and DNS names that a server answers at. */
  names?: readonly string[];
  /** A year if not given. */
  validDays?: number;
}

type Usage = "server" | "client";

const validDays = 365;
const oids = {
  commonName: "2.5.4.3",
  organization: "2.5.4.10",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  server: "1.3.6.1.5.5.7.3.1",
  client: "1.3.6.1.5.5.7.3.2",
};
/** Key usage bits, the first one being the highest of the byte: RFC 5280, 4.2.1.3. */
const keyUsages = {
  digitalSignature: der.bitString(Buffer.from([0x80]), 7),
  certificateAndListSigning: der.bitString(Buffer.from([0x06]), 1),
};

/** Makes a self-signed authority of P-256, valid from an hour ago, for a year if nothing else is said. */
export function createAuthority(commonName: string, days = validDays): Authority {
  const { publicKey, privateKey } = newKeys();
  const subject = distinguishedName({ commonName });
  const extensions = [
    extension(oids.basicConstraints, "critical", der.sequence(der.boolean(true))),
    extension(oids.keyUsage, "critical", keyUsages.certificateAndListSigning),
    extension(oids.subjectKeyIdentifier, "plain", der.octetString(keyIdentifier(publicKey))),
  ];
  const content = toBeSigned({ issuer: subject, subject, key: publicKey, extensions, days });
  return openAuthority(commonName, { certificate: signed(content, privateKey), key: pem(privateKey) });
}

/** The authority that was made under this name. */
export function openAuthority(commonName: string, { certificate, key }: KeyedCertificate): Authority {
  const issuer = distinguishedName({ commonName });
  const privateKey = createPrivateKey(key);
  const keyId = keyIdentifier(createPublicKey(privateKey));
  return {
    certificate,
    key,
    issue(request) {
      const holder = newKeys();
      const subject = distinguishedName(request);
      const extensions = leafExtensions(request, holder.publicKey, keyId);
      const content = toBeSigned({
        issuer,
        subject,
        key: holder.publicKey,
        extensions,
        days: request.validDays ?? validDays,
      });
      return { certificate: signed(content, privateKey), key: pem(holder.privateKey) };
    },
  };
}

function leafExtensions(request: CertificateRequest, key: KeyObject, authority: Buffer): Buffer[] {
  const names = (request.names ?? []).map((name) =>
    isIPv4(name)
      ? der.tagged(7, "primitive", Buffer.from(name.split(".").map(Number)))
      : der.tagged(2, "primitive", Buffer.from(name, "latin1")),
  );
  const usages = request.usages.map((usage) => der.objectIdentifier(oids[usage]));
  return [
    extension(oids.basicConstraints, "critical", der.sequence()),
    extension(oids.keyUsage, "critical", keyUsages.digitalSignature),
    extension(oids.extendedKeyUsage, "plain", der.sequence(...usages)),
    extension(oids.subjectKeyIdentifier, "plain", der.octetString(keyIdentifier(key))),
    extension(oids.authorityKeyIdentifier, "plain", der.sequence(der.tagged(0, "primitive", authority))),
    ...(names.length === 0 ? [] : [extension(oids.subjectAltName, "plain", der.sequence(...names))]),
  ];
}

interface Content {
  issuer: Buffer;
  subject: Buffer;
  key: KeyObject;
  extensions: readonly Buffer[];
  /** For how long it is valid. */
  days: number;
}

/** TBSCertificate of RFC 5280, 4.1. */
function toBeSigned({ issuer, subject, key, extensions, days }: Content): Buffer {
  const now = Date.now();
  const version3 = der.tagged(0, "constructed", der.integer(Buffer.from([2])));
  const validity = der.sequence(
    der.utcTime(new Date(now - 3_600_000)),
    der.utcTime(new Date(now + days * 24 * 3_600_000)),
  );
  return der.sequence(
    version3,
    der.integer(randomBytes(16)),
    signatureAlgorithm(),
    issuer,
    validity,
    subject,
    key.export({ type: "spki", format: "der" }),
    der.tagged(3, "constructed", der.sequence(...extensions)),
  );
}

function signed(content: Buffer, key: KeyObject): string {
  const certificate = der.sequence(content, signatureAlgorithm(), der.bitString(sign("sha256", content, key)));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function signatureAlgorithm(): Buffer {
  return der.sequence(der.objectIdentifier(oids.ecdsaWithSha256));
}

function distinguishedName({ commonName, organization }: { commonName: string; organization?: string }): Buffer {
  const part = (type: string, value: string): Buffer =>
    der.setOf(der.sequence(der.objectIdentifier(type), der.utf8String(value)));
  return der.sequence(
    ...(organization === undefined ? [] : [part(oids.organization, organization)]),
    part(oids.commonName, commonName),
  );
}

function extension(type: string, kind: "critical" | "plain", value: Buffer): Buffer {
  const critical = kind === "critical" ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(type), ...critical, der.octetString(value));
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash("sha1")
    .update(key.export({ type: "spki", format: "der" }))
    .digest();
}

function newKeys(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

function pem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
