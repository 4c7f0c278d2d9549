/**
 * Property bags as bytes of `google.protobuf.Struct`. A run sends every resource's properties there and back; the
 * generated classes walk a nested message once for every level of it, which was most of what a run cost.
 */
import { TealError } from "../../model/errors.ts";
import { Reference, Secret, Unknown, isList, isMap, unknown, type PropertyMap, type Value } from "./property.ts";
import { signatureKey, signatures, unknownMarker, unknownMarkers } from "./signatures.ts";
import { fromSigned, signedReference } from "./signed.ts";

/** Writes from the end to the beginning, so that the length of a nested message is known when its turn comes. */
export class ReverseWriter {
  #bytes: Buffer<ArrayBuffer>;
  #at: number;

  constructor(size = 4096) {
    this.#bytes = Buffer.allocUnsafe(size);
    this.#at = size;
  }

  get length(): number {
    return this.#bytes.length - this.#at;
  }

  #reserve(count: number): void {
    if (this.#at >= count) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.length + count));
    this.#bytes.copy(grown, grown.length - this.length, this.#at);
    this.#at = grown.length - this.length;
    this.#bytes = grown;
  }

  varint(value: number): void {
    this.#reserve(5);
    let count = 1;
    for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) count++;
    this.#at -= count;
    let rest = value;
    for (let i = 0; i < count; i++) {
      this.#bytes[this.#at + i] = (rest % 128) | (i < count - 1 ? 128 : 0);
      rest = Math.floor(rest / 128);
    }
  }

  text(field: number, value: string): void {
    const count = Buffer.byteLength(value);
    this.#reserve(count);
    this.#at -= count;
    this.#bytes.write(value, this.#at);
    this.varint(count);
    this.varint(field * 8 + 2);
  }

  double(field: number, value: number): void {
    this.#reserve(8);
    this.#at -= 8;
    this.#bytes.writeDoubleLE(value, this.#at);
    this.varint(field * 8 + 1);
  }

  flag(field: number, value: number): void {
    this.varint(value);
    this.varint(field * 8);
  }

  /** A nested message whose content `write` writes. */
  message(field: number, write: () => void): void {
    const before = this.length;
    write();
    this.varint(this.length - before);
    this.varint(field * 8 + 2);
  }

  finish(): Buffer {
    return this.#bytes.subarray(this.#at);
  }
}

export function writeStruct(writer: ReverseWriter, map: PropertyMap): void {
  for (const [key, value] of Object.entries(map).reverse())
    writer.message(1, () => {
      writer.message(2, () => writeValue(writer, value));
      writer.text(1, key);
    });
}

function writeValue(writer: ReverseWriter, value: Value): void {
  if (typeof value === "string") writer.text(3, value);
  else if (typeof value === "number") writer.double(2, value);
  else if (typeof value === "boolean") writer.flag(4, value ? 1 : 0);
  else if (value === null) writer.flag(1, 0);
  else if (value instanceof Unknown) writer.text(3, unknownMarker);
  else if (isList(value))
    writer.message(6, () => {
      for (const item of value.toReversed()) writer.message(1, () => writeValue(writer, item));
    });
  else writer.message(5, () => writeStruct(writer, asMap(value)));
}

function asMap(value: Value): PropertyMap {
  if (value instanceof Secret) return { [signatureKey]: signatures.secret, value: value.value };
  if (value instanceof Reference) return signedReference(value);
  return isMap(value) ? value : {};
}

/** Reads the fields of a message one by one. */
export class Reader {
  readonly #bytes: Buffer;
  #at: number;
  readonly #end: number;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
  }

  get done(): boolean {
    return this.#at >= this.#end;
  }

  get position(): number {
    return this.#at;
  }

  varint(): number {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw malformed();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  double(): number {
    this.#at += 8;
    return this.#bytes.readDoubleLE(this.#at - 8);
  }

  text(): string {
    const count = this.varint();
    this.#at += count;
    if (this.#at > this.#end) throw malformed();
    return this.#bytes.toString("utf8", this.#at - count, this.#at);
  }

  message(): Reader {
    const count = this.varint();
    this.#at += count;
    if (this.#at > this.#end) throw malformed();
    return new Reader(this.#bytes, this.#at - count, this.#at);
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.#at += 8;
    else if (wireType === 2) this.message();
    else if (wireType === 5) this.#at += 4;
    else throw malformed();
  }
}

function malformed(): TealError {
  return new TealError("protobuf_malformed", "expected a protobuf message, got bytes that are none");
}

export function readStruct(reader: Reader): PropertyMap {
  const entries: [string, Value][] = [];
  while (!reader.done) {
    const tag = reader.varint();
    if (tag !== 10) {
      reader.skip(tag & 7);
      continue;
    }
    const entry = reader.message();
    let [key, value]: [string, Value | undefined] = ["", undefined];
    while (!entry.done) {
      const part = entry.varint();
      if (part === 10) key = entry.text();
      else if (part === 18) value = readValue(entry.message());
      else entry.skip(part & 7);
    }
    if (value !== undefined) entries.push([key, value]);
  }
  // Unlike an assignment, this gives the object a key named `__proto__` like any other.
  return Object.fromEntries(entries);
}

function readValue(reader: Reader): Value | undefined {
  let value: Value | undefined;
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 26) value = known(reader.text());
    else if (tag === 17) value = reader.double();
    else if (tag === 32) value = reader.varint() !== 0;
    else if (tag === 42) value = fromSigned(readStruct(reader.message()));
    else if (tag === 50) value = readItems(reader.message());
    else if (tag === 8) value = reader.varint() === 0 ? null : value;
    else reader.skip(tag & 7);
  }
  return value;
}

const known = (text: string): Value => (unknownMarkers.has(text) ? unknown : text);

function readItems(reader: Reader): Value[] {
  const items: Value[] = [];
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === 10) items.push(readValue(reader.message()) ?? null);
    else reader.skip(tag & 7);
  }
  return items;
}
