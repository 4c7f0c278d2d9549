/** Draws the values of each resource type of the package. */
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { PropertyMap } from "../../values/property.ts";
import type { CheckFailure } from "../provider.ts";
import { checkText, drawText, textDefaults } from "./text.ts";
import { drawPet } from "./pet.ts";

export interface Generator {
  readonly required: readonly string[];
  readonly defaults: PropertyMap;
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
  "random:index/randomUuid:RandomUuid": {
    required: [],
    defaults: {},
    outputs: ["result"],
    check: unchecked,
    generate: () => {
      const result = randomUUID();
      return { id: result, outputs: { result } };
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
