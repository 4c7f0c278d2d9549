import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diagramOf } from "../../model/machine/diagram.ts";
import type { OperationKind } from "../../model/operation.ts";

const file = join(import.meta.dirname, "..", "..", "docs", "rollouts.md");

describe("docs/rollouts.md", () => {
  it("shows the machine's table as it is (UPDATE_DOCS=1 writes it anew)", () => {
    const text = readFileSync(file, "utf8");
    const fresh = text.replaceAll(
      /<!-- diagram:(\w+) -->\n(\n```mermaid\n[\s\S]*?```\n)?/g,
      (_, kind: OperationKind) => `<!-- diagram:${kind} -->\n\n\`\`\`mermaid\n${diagramOf(kind)}\n\`\`\`\n`,
    );
    if (process.env["UPDATE_DOCS"]) writeFileSync(file, fresh);
    else assert.equal(text, fresh);
  });
});
