import assert from "node:assert/strict";
import { provenance } from "../../model/provenance.ts";

const good = { commit: "8f3c1d2e4b5a69788796a5b4c3d2e1f00112233a", pipeline: "https://ci.example.com/runs/1" };

describe("a release's provenance", () => {
  const taken: object[] = [
    {},
    { commit: "0".repeat(64) },
    { pipeline: "http://jenkins.internal:8080/job/shop/7/" },
    { repository: "https://git.example.com/shop.git" },
    { repository: "git@git.example.com:team/shop.git" },
    { repository: "https://org@dev.azure.com/org/project/_git/shop" },
    { ref: "refs/heads/feature/umlaut-ä", builder: "ci", builtAt: "2026-01-01T12:00:00+02:00" },
  ];
  for (const more of taken) {
    it(`may be ${JSON.stringify(more)}`, () => {
      assert.deepEqual(provenance.parse({ ...good, ...more }), { ...good, ...more });
    });
  }

  const refused: [object, string][] = [
    [{ commit: "8f3c1d2" }, "commit"],
    [{ commit: good.commit.toUpperCase() }, "commit"],
    [{ commit: undefined }, "commit"],
    [{ pipeline: undefined }, "pipeline"],
    [{ pipeline: "javascript:alert(1)" }, "pipeline"],
    [{ pipeline: "runs/1" }, "pipeline"],
    [{ pipeline: "https://ann:secret@ci.example.com/runs/1" }, "pipeline"],
    [{ pipeline: `https://ci.example.com/${"x".repeat(1000)}` }, "pipeline"],
    [{ repository: "https://ann:secret@git.example.com/shop" }, "repository"],
    [{ repository: "two words" }, "repository"],
    [{ repository: "" }, "repository"],
    [{ ref: "" }, "ref"],
    [{ builder: "x".repeat(201) }, "builder"],
    [{ builtAt: "yesterday" }, "builtAt"],
    [{ signature: "…" }, ""],
  ];
  for (const [more, field] of refused) {
    it(`is refused with ${JSON.stringify(more).slice(0, 60)}`, () => {
      const { error } = provenance.safeParse({ ...good, ...more });
      assert.deepEqual(
        error?.issues.map(({ path }) => path.join(".")),
        [field],
      );
    });
  }
});
