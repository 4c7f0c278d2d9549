/** The kinds of value that JSON lacks, as objects marked with a signature. */
import { unsupported } from "../unsupported.ts";
import { Reference, Secret, unknown, type PropertyMap, type Value } from "./property.ts";
import { signatureKey, signatures } from "./signatures.ts";

/** Reads an object that a program sent. Assets and archives are refused: no package here takes them. */
export function fromSigned(map: PropertyMap): Value {
  switch (map[signatureKey]) {
    case undefined:
      return map;
    case signatures.secret:
      return new Secret(map["value"] ?? null);
    case signatures.output: {
      const value = map["value"] === undefined ? unknown : map["value"];
      return map["secret"] === true ? new Secret(value) : value;
    }
    case signatures.resource:
      return new Reference(String(map["urn"]), map["id"], String(map["packageVersion"] ?? ""));
    case signatures.asset:
    case signatures.archive:
      throw unsupported("assets and archives as resource properties");
    default:
      throw unsupported(`property values with signature ${String(map[signatureKey])}`);
  }
}

export function signedReference(reference: Reference): PropertyMap {
  return {
    [signatureKey]: signatures.resource,
    urn: reference.urn,
    ...(reference.id !== undefined && { id: reference.id }),
    ...(reference.packageVersion && { packageVersion: reference.packageVersion }),
  };
}
