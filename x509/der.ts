/**
 * The part of ASN.1's distinguished encoding rules (X.690) that certificates need: each function gives one complete
 * element, tag and length included.
 */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
};

export function sequence(...items: readonly Buffer[]): Buffer {
  return element(tags.sequence, Buffer.concat(items));
}

/** A set of one, which is all that a name needs: larger ones would have to be sorted. */
export function setOf(item: Buffer): Buffer {
  return element(tags.set, item);
}

/** A non-negative integer of any size, most significant byte first. */
export function integer(bytes: Buffer): Buffer {
  return element(tags.integer, Buffer.concat([Buffer.from([0]), bytes]).subarray(signBytes(bytes)));
}

export function boolean(value: boolean): Buffer {
  return element(tags.boolean, Buffer.from([value ? 0xff : 0]));
}

export function bitString(bytes: Buffer, unusedBits = 0): Buffer {
  return element(tags.bitString, Buffer.concat([Buffer.from([unusedBits]), bytes]));
}

export function octetString(bytes: Buffer): Buffer {
  return element(tags.octetString, bytes);
}

export function utf8String(text: string): Buffer {
  return element(tags.utf8String, Buffer.from(text, "utf8"));
}

/** To the second, for years up to 2049, as X.509 wants it. */
export function utcTime(date: Date): Buffer {
  return element(
    tags.utcTime,
    Buffer.from(
      date
        .toISOString()
        .replace(/[-:T]|\.\d+/g, "")
        .slice(2),
      "latin1",
    ),
  );
}

/** From dotted form, such as `1.2.840.10045.4.3.2`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return element(tags.objectIdentifier, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A context-specific element: `constructed` ones wrap elements, the others hold bytes. */
export function tagged(number: number, kind: "constructed" | "primitive", content: Buffer): Buffer {
  return element((kind === "constructed" ? 0xa0 : 0x80) | number, content);
}

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const bytes: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 0x80);
  return bytes;
}

/** How many of the bytes `00 …bytes` to leave out for the shortest form that still reads as positive. */
function signBytes(bytes: Buffer): number {
  const significant = bytes.findIndex((byte) => byte !== 0);
  if (significant === -1) return bytes.length;
  return bytes[significant]! < 0x80 ? significant + 1 : significant;
}
