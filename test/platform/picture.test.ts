import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyOf, runExample, type Made } from "./program.ts";

const page = join(import.meta.dirname, "..", "..", "docs", "aws.md");
const [begin, end] = ["<!-- picture -->", "<!-- end of picture -->"];

/** The component that each resource lies within, by the resource's key; what lies in none is Teal's rights and policies. */
function componentsOf(urns: string[]): Map<string, string> {
  return new Map(
    urns.map((urn) => {
      const [, , types = "", name = ""] = urn.split("::");
      const chain = types.split("$");
      const component = chain.find((type) => type.startsWith("teal:platform:"))?.split(":")[2];
      return [`${chain.at(-1)!}::${name}`, component ?? "Policies"];
    }),
  );
}

/** Mermaid: a box per component with what it makes, and an arrow where a resource of one is an input of another's. */
function picture(made: Made[], urns: string[]): string {
  const components = componentsOf(urns);
  const own = made.filter(({ type }) => !/^(pulumi|teal|random):/.test(type));
  const kinds = new Map<string, Map<string, number>>();
  const owners = new Map<string, string>();
  for (const one of own) {
    const component = components.get(keyOf(one))!;
    const kind = one.type.split(":").at(-1)!;
    const counts = kinds.get(component) ?? new Map<string, number>();
    kinds.set(component, counts.set(kind, (counts.get(kind) ?? 0) + 1));
    if (!one.type.startsWith("aws:")) continue;
    const service = one.type.split(":")[1]!.split("/")[0]!;
    owners.set(`arn:aws:${service}:eu-central-1:123456789012:${one.name}"`, component);
    owners.set(`"${one.name}-id"`, component);
  }
  const arrows = new Set<string>();
  for (const one of own) {
    // Policies are JSON in strings.
    const text = JSON.stringify(one.inputs).replaceAll("\\", "");
    const from = components.get(keyOf(one))!;
    for (const [mark, to] of owners) if (from !== to && text.includes(mark)) arrows.add(`  ${from} --> ${to}`);
  }
  const boxes = [...kinds].map(([component, counts]) => {
    // A bucket's policy, a table's routes: what belongs to another kind there is not shown.
    const shown = [...counts].filter(
      ([kind]) => ![...counts.keys()].some((other) => other !== kind && kind.startsWith(other)),
    );
    const lines = shown.toSorted().map(([kind, count]) => (count > 1 ? `${count} ${kind}` : kind));
    return `  ${component}["<b>${component}</b><br/>${lines.join("<br/>")}"]`;
  });
  return ["```mermaid", "flowchart LR", ...boxes.toSorted(), ...[...arrows].toSorted(), "```"].join("\n");
}

describe("the picture in docs/aws.md", () => {
  it("is what the program makes of the production example (UPDATE_DOCS=1 draws it)", async function () {
    this.timeout(60_000);
    const { made, urns } = await runExample("production");
    const text = readFileSync(page, "utf8");
    const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
    assert.ok(from > begin.length && to > from);
    const drawn = `\n\n${picture(made, urns)}\n\n`;
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, text.slice(0, from) + drawn + text.slice(to));
    else assert.equal(text.slice(from, to), drawn);
  });
});
