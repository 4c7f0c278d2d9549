import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A page of docs/, as far as its commands go. */
export interface Page {
  /**
   * The commands under a heading, in order: its `sh` blocks, with `values` in place of the page's examples.
   * Throws where there is no such heading, or nothing under it.
   */
  commands(heading: string, values: Record<string, string>): string;
  headings: string[];
}

export function readPage(name: string): Page {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", name), "utf8");
  const sections = new Map(
    text.split(/^#+ /m).map((section) => [section.slice(0, section.indexOf("\n")), section] as const),
  );
  return {
    headings: [...sections].filter(([, section]) => section.includes("```sh")).map(([heading]) => heading),
    commands(heading, values) {
      const blocks = [...(sections.get(heading) ?? "").matchAll(/^```sh\n([^]*?)^```$/gm)].map((match) => match[1]!);
      if (blocks.length === 0) throw new Error(`docs/${name} has no commands under "${heading}"`);
      return Object.entries(values).reduce((script, [example, value]) => {
        return script.replaceAll(example, value);
      }, blocks.join(""));
    },
  };
}
