/** Property bags as `google.protobuf.Struct` objects: how a program in the same thread hands them over and gets them. */
import type { JavaScriptValue, Struct, Value as StructValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { structpb } from "../protobuf.ts";
import { Reference, Secret, Unknown, isList, unknown, type PropertyMap, type Value } from "./property.ts";
import { signatureKey, signatures, unknownMarker, unknownMarkers } from "./signatures.ts";
import { fromSigned, signedReference } from "./signed.ts";

/** The properties in a message of the program's. Nothing of the message is kept. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  const entries: [string, Value][] = [];

  struct?.getFieldsMap().forEach((value, key) => entries.push([key, fromValue(value)]));
  return Object.fromEntries(entries);
}

const kinds = structpb.Value.KindCase;

function fromValue(value: StructValue): Value {
  switch (value.getKindCase()) {
    case kinds.STRING_VALUE:
      return known(value.getStringValue());
    case kinds.NUMBER_VALUE:
      return value.getNumberValue();
    case kinds.BOOL_VALUE:
      return value.getBoolValue();
    case kinds.STRUCT_VALUE:
      return fromSigned(fromStruct(value.getStructValue()));
    case kinds.LIST_VALUE:
      return value.getListValue()!.getValuesList().map(fromValue);
    default:
      return null;
  }
}

const known = (text: string): Value => (unknownMarkers.has(text) ? unknown : text);

/**
 * A message that holds the properties. The program asks for nothing but `toJavaScript()`, so the generated classes'
 * objects, one or two per value, are made only if somebody wants them after all.
 */
export function toStruct(map: PropertyMap): Struct {
  return new PropertyStruct(map);
}

class PropertyStruct extends structpb.Struct {
  readonly #map: PropertyMap;
  #fields: ReturnType<Struct["getFieldsMap"]> | undefined;

  constructor(map: PropertyMap) {
    super();
    this.#map = map;
  }

  /** A copy of its own for every caller. */
  override toJavaScript(): Record<string, JavaScriptValue> {
    return plainMap(this.#map);
  }

  override getFieldsMap(): ReturnType<Struct["getFieldsMap"]> {
    return (this.#fields ??= structpb.Struct.fromJavaScript(plainMap(this.#map)).getFieldsMap());
  }
}

/** Keys are in order, as they are in what the generated classes read: a program may turn an output into JSON text. */
function plainMap(map: PropertyMap): Record<string, JavaScriptValue> {
  const keys = Object.keys(map).sort();
  return Object.fromEntries(keys.map((key) => [key, plain(map[key]!)]));
}

function plain(value: Value): JavaScriptValue {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(plain);
  if (value instanceof Secret) return { [signatureKey]: signatures.secret, value: plain(value.value) };
  if (value instanceof Unknown) return unknownMarker;
  return plainMap(value instanceof Reference ? signedReference(value) : value);
}
