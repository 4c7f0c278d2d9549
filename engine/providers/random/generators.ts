/** Draws the values of each resource type of the package. */
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { isList, type PropertyMap, type Value } from "../../values/property.ts";
import type { CheckFailure } from "../provider.ts";
import { checkText, drawText, shuffle, textDefaults } from "./text.ts";
import { drawPet } from "./pet.ts";

export interface Generator {
  readonly required: readonly string[];
  /** What is in the outputs where the inputs don't say. */
  readonly defaults: PropertyMap;
  /** Version of the form of state, as the real provider notes it there; 0 goes without saying. */
  readonly schema?: number;
  /** Outputs that only an update knows, beside `id`. */
  readonly outputs: readonly string[];
  check(inputs: PropertyMap): CheckFailure[];
  generate(inputs: PropertyMap): Promise<Generated> | Generated;
}

export interface Generated {
  readonly id: string;
  readonly outputs: PropertyMap;
}

const unchecked = () => [];

export const generators: Readonly<Record<string, Generator | undefined>> = {
  "random:index/randomPassword:RandomPassword": {
    required: ["length"],
    defaults: {},
    schema: 3,
    outputs: ["result", "bcryptHash"],
    check: checkText,
    // The id says nothing of the password; state and events show ids in the clear.
    generate: async (inputs) => {
      const result = drawText(inputs);
      const { default: bcrypt } = await import("bcryptjs");
      return {
        id: "none",
        outputs: { ...textDefaults(inputs), result, bcryptHash: await bcrypt.hash(result.slice(0, 72), 10) },
      };
    },
  },
  "random:index/randomString:RandomString": {
    required: ["length"],
    defaults: {},
    schema: 2,
    outputs: ["result"],
    check: checkText,
    generate: (inputs) => {
      const result = drawText(inputs);
      return { id: result, outputs: { ...textDefaults(inputs), result } };
    },
  },
  "random:index/randomId:RandomId": {
    required: ["byteLength"],
    defaults: {},
    outputs: ["b64Std", "b64Url", "dec", "hex"],
    check: unchecked,
    generate: (inputs) => {
      const bytes = randomBytes(Math.max(1, Number(inputs["byteLength"])));
      const prefix = typeof inputs["prefix"] === "string" ? inputs["prefix"] : "";
      const hex = bytes.toString("hex");
      return {
        id: bytes.toString("base64url"),
        outputs: {
          b64Std: prefix + bytes.toString("base64"),
          b64Url: prefix + bytes.toString("base64url"),
          dec: prefix + BigInt(`0x${hex}`).toString(),
          hex: prefix + hex,
        },
      };
    },
  },
  "random:index/randomBytes:RandomBytes": {
    required: ["length"],
    defaults: {},
    outputs: ["base64", "hex"],
    check: unchecked,
    generate: (inputs) => {
      const bytes = randomBytes(Number(inputs["length"]));
      return { id: "none", outputs: { base64: bytes.toString("base64"), hex: bytes.toString("hex") } };
    },
  },
  "random:index/randomInteger:RandomInteger": {
    required: ["max", "min"],
    defaults: {},
    outputs: ["result"],
    check: ({ min, max }) =>
      Number(min) <= Number(max) ? [] : [{ property: "min", reason: "the minimum is above the maximum" }],
    generate: ({ min, max }) => {
      const result = randomInt(Number(min), Number(max) + 1);
      return { id: String(result), outputs: { result } };
    },
  },
  "random:index/randomUuid:RandomUuid": uuids(randomUUID),
  "random:index/randomUuid4:RandomUuid4": uuids(randomUUID),
  "random:index/randomUuid7:RandomUuid7": uuids(timeOrderedUuid),
  "random:index/randomShuffle:RandomShuffle": {
    required: ["inputs"],
    defaults: {},
    outputs: ["results"],
    check: unchecked,
    generate: ({ inputs, resultCount }) => {
      const items = isList(inputs) ? inputs : [];
      const count = resultCount === undefined || resultCount === null ? items.length : Number(resultCount);
      return { id: "-", outputs: { results: dealt(items, count) } };
    },
  },
  "random:index/randomPet:RandomPet": {
    required: [],
    defaults: { length: 2, separator: "-" },
    outputs: [],
    check: unchecked,
    generate: (inputs) => ({ id: drawPet(inputs), outputs: {} }),
  },
};

function uuids(draw: () => string): Generator {
  const generate = () => {
    const result = draw();
    return { id: result, outputs: { result } };
  };
  return { required: [], defaults: {}, outputs: ["result"], check: unchecked, generate };
}

/** Version 7 of RFC 9562: milliseconds first, so that later ones sort behind earlier ones. */
function timeOrderedUuid(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** As many items as asked for, in random order; again and again where there are not enough. */
function dealt(items: readonly Value[], count: number): Value[] {
  const found: Value[] = [];
  while (items.length > 0 && found.length < count) found.push(...shuffle([...items]));
  return found.slice(0, count);
}
