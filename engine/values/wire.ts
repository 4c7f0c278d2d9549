/** Property values as they travel over gRPC, in `google.protobuf.Struct`. */
import structpb from "google-protobuf/google/protobuf/struct_pb.js";
import { unsupported } from "../unsupported.ts";
import { Reference, Secret, Unknown, isList, isMap, unknown, type PropertyMap, type Value } from "./property.ts";
import { signatureKey, signatures, unknownMarker, unknownMarkers } from "./signatures.ts";

/** Reads a property bag that a program sent. Assets and archives are refused: no package here takes them. */
export function fromStruct(struct: structpb.Struct | undefined): PropertyMap {
  return struct ? fromFields(struct) : {};
}

function fromFields(struct: structpb.Struct): PropertyMap {
  const map: Record<string, Value> = {};
  for (const [key, value] of struct.getFieldsMap().entries()) {
    const read = fromProto(value);
    if (read !== undefined) map[key] = read;
  }
  return map;
}

export function fromProto(value: structpb.Value): Value | undefined {
  switch (value.getKindCase()) {
    case structpb.Value.KindCase.NULL_VALUE:
      return null;
    case structpb.Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case structpb.Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case structpb.Value.KindCase.STRING_VALUE: {
      const text = value.getStringValue();
      return unknownMarkers.has(text) ? unknown : text;
    }
    case structpb.Value.KindCase.LIST_VALUE:
      return value
        .getListValue()!
        .getValuesList()
        .map((item) => fromProto(item) ?? null);
    case structpb.Value.KindCase.STRUCT_VALUE:
      return fromSigned(fromFields(value.getStructValue()!));
    default:
      return undefined;
  }
}

function fromSigned(map: PropertyMap): Value {
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

/** Writes a property bag for a program. */
export function toStruct(map: PropertyMap): structpb.Struct {
  const struct = new structpb.Struct();
  const fields = struct.getFieldsMap();
  for (const [key, value] of Object.entries(map)) fields.set(key, toProto(value));
  return struct;
}

export function toProto(value: Value): structpb.Value {
  const proto = new structpb.Value();
  if (value === null) proto.setNullValue(structpb.NullValue.NULL_VALUE);
  else if (typeof value === "boolean") proto.setBoolValue(value);
  else if (typeof value === "number") proto.setNumberValue(value);
  else if (typeof value === "string") proto.setStringValue(value);
  else if (value instanceof Unknown) proto.setStringValue(unknownMarker);
  else if (isList(value)) proto.setListValue(new structpb.ListValue().setValuesList(value.map(toProto)));
  else if (value instanceof Secret)
    proto.setStructValue(toStruct({ [signatureKey]: signatures.secret, value: value.value }));
  else if (value instanceof Reference) proto.setStructValue(toStruct(signedReference(value)));
  else if (isMap(value)) proto.setStructValue(toStruct(value));
  return proto;
}

export function signedReference(reference: Reference): PropertyMap {
  return {
    [signatureKey]: signatures.resource,
    urn: reference.urn,
    ...(reference.id !== undefined && { id: reference.id }),
    ...(reference.packageVersion && { packageVersion: reference.packageVersion }),
  };
}
