/** Random text from classes of characters, with a minimum of each. */
import { randomInt } from "node:crypto";
import type { PropertyMap } from "../../values/property.ts";
import type { CheckFailure } from "../provider.ts";

const specials = "!@#$%&*()-_=+[]{}<>:?";

interface CharacterClass {
  /** Inputs that switch it on or off; on by default. */
  readonly switches: readonly string[];
  readonly minimum: string;
  readonly characters: (inputs: PropertyMap) => string;
}

const classes: readonly CharacterClass[] = [
  { switches: ["upper"], minimum: "minUpper", characters: () => "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { switches: ["lower"], minimum: "minLower", characters: () => "abcdefghijklmnopqrstuvwxyz" },
  { switches: ["numeric", "number"], minimum: "minNumeric", characters: () => "0123456789" },
  {
    switches: ["special"],
    minimum: "minSpecial",
    characters: ({ overrideSpecial }) =>
      typeof overrideSpecial === "string" && overrideSpecial !== "" ? overrideSpecial : specials,
  },
];

const isOn = (inputs: PropertyMap, { switches }: CharacterClass) => switches.every((name) => inputs[name] !== false);

export function checkText(inputs: PropertyMap): CheckFailure[] {
  const length = Number(inputs["length"]);
  const minimums = classes.reduce((sum, { minimum }) => sum + Number(inputs[minimum] ?? 0), 0);
  if (!Number.isInteger(length) || length < 1)
    return [{ property: "length", reason: "expected a whole number of at least 1" }];
  if (length < minimums)
    return [{ property: "length", reason: `expected at least ${minimums}, the sum of the minimums` }];
  if (!classes.some((each) => isOn(inputs, each)))
    return [{ property: "", reason: "expected at least one class of characters" }];
  return [];
}

/** What the provider puts into state beside the result. */
export function textDefaults(inputs: PropertyMap): PropertyMap {
  const switches = Object.fromEntries(
    classes.flatMap((each) => each.switches.map((key): [string, boolean] => [key, isOn(inputs, each)])),
  );
  const minimums = Object.fromEntries(classes.map(({ minimum }) => [minimum, Number(inputs[minimum] ?? 0)]));
  return { ...switches, ...minimums };
}

export function drawText(inputs: PropertyMap): string {
  const on = classes.filter((each) => isOn(inputs, each));
  const required = classes.flatMap((each) => draw(each.characters(inputs), Number(inputs[each.minimum] ?? 0)));
  const all = on.map((each) => each.characters(inputs)).join("");
  return shuffle([...required, ...draw(all, Number(inputs["length"]) - required.length)]).join("");
}

function draw(characters: string, count: number): string[] {
  return Array.from({ length: count }, () => characters[randomInt(characters.length)]!);
}

export function shuffle<Item>(items: Item[]): Item[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
