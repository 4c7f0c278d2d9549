/** Property values as they lie in state: JSON, with secrets as signed objects that hold a ciphertext. */
import type { Crypter } from "../secrets/crypter.ts";
import { unsupported } from "../unsupported.ts";
import {
  Reference,
  Secret,
  Unknown,
  isList,
  isMap,
  unknown,
  type Json,
  type JsonObject,
  type PropertyMap,
  type Value,
} from "./property.ts";
import { signatureKey, signatures, unknownMarker, unknownMarkers } from "./signatures.ts";
import { signedReference } from "./signed.ts";

/**
 * How secrets are written: `encrypted` for files, `plaintext` for `--show-secrets`, `masked` for events.
 */
export type SecretForm =
  | { readonly form: "encrypted"; readonly crypter: Crypter }
  | { readonly form: "plaintext" }
  | { readonly form: "masked" };

/** Ciphertexts by secret, so that an unchanged secret keeps its text from one checkpoint to the next. */
const ciphertexts = new WeakMap<Secret, { crypter: Crypter; text: string }>();

export function storeMap(map: PropertyMap, secrets: SecretForm): JsonObject {
  const keys = Object.keys(map).sort();
  return Object.fromEntries(keys.map((key) => [key, store(map[key]!, secrets)]));
}

export function store(value: Value, secrets: SecretForm): Json {
  if (value instanceof Secret) return { [signatureKey]: signatures.secret, ...storeSecret(value, secrets) };
  if (value instanceof Unknown) return unknownMarker;
  if (value instanceof Reference) return storeMap(signedReference(value), secrets);
  if (isList(value)) return value.map((item) => store(item, secrets));
  if (isMap(value)) return storeMap(value, secrets);
  return value;
}

function storeSecret(secret: Secret, secrets: SecretForm): JsonObject {
  if (secrets.form === "masked") return { ciphertext: "[secret]" };
  const text = () => JSON.stringify(store(secret.value, { form: "plaintext" }));
  if (secrets.form === "plaintext") return { plaintext: text() };
  const known = ciphertexts.get(secret);
  if (known?.crypter === secrets.crypter) return { ciphertext: known.text };
  const ciphertext = secrets.crypter.encrypt(text());
  ciphertexts.set(secret, { crypter: secrets.crypter, text: ciphertext });
  return { ciphertext };
}

/** Reads values from state. Without a crypter encrypted secrets cannot be read and are refused. */
export function loadMap(stored: JsonObject | undefined, crypter: Crypter): PropertyMap {
  return Object.fromEntries(Object.entries(stored ?? {}).map(([key, value]) => [key, load(value, crypter)]));
}

export function load(stored: Json, crypter: Crypter): Value {
  if (typeof stored === "string") return unknownMarkers.has(stored) ? unknown : stored;
  if (typeof stored !== "object" || stored === null) return stored;
  if (Array.isArray(stored)) return stored.map((item) => load(item, crypter));
  const signature = stored[signatureKey];
  if (signature === undefined) return loadMap(stored, crypter);
  if (signature === signatures.secret) return loadSecret(stored, crypter);
  if (signature === signatures.resource)
    return new Reference(
      String(stored["urn"]),
      stored["id"] === undefined ? undefined : load(stored["id"], crypter),
      String(stored["packageVersion"] ?? ""),
    );
  throw unsupported("assets and archives in state");
}

function loadSecret(stored: JsonObject, crypter: Crypter): Secret {
  if (typeof stored["plaintext"] === "string")
    return new Secret(load(JSON.parse(stored["plaintext"]) as Json, crypter));
  const text = String(stored["ciphertext"]);
  const secret = new Secret(load(JSON.parse(crypter.decrypt(text)) as Json, crypter));
  ciphertexts.set(secret, { crypter, text });
  return secret;
}
