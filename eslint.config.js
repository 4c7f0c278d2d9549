import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import imports from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const rooms = [
  "model",
  "platform",
  "tenant",
  "automation",
  "engine",
  "sandbox",
  "server",
  "cluster",
  "x509",
  "start",
  "console",
];
/** Which of our rooms each room may import, besides itself. `start` wires everything together. */
const mayImport = {
  model: [],
  x509: [],
  platform: ["model"],
  tenant: ["model"],
  automation: ["tenant", "model", "x509"],
  engine: ["model"],
  sandbox: ["model"],
  server: ["automation", "tenant", "model"],
  cluster: ["model", "x509"],
  // Only what is pure: the machine's table, and the schemas that forms are checked by.
  console: ["model"],
  start: rooms,
};
const zones = Object.entries(mayImport).flatMap(([room, allowed]) =>
  rooms
    .filter((other) => other !== room && !allowed.includes(other))
    .map((other) => ({
      target: `./${room}`,
      from: `./${other}`,
      message: `${room}/ may import only: ${[room, ...allowed].join(", ")}.`,
    })),
);
/** Libraries that only one place may touch. */
const owned = [
  { library: "@pulumi/pulumi/automation*", owner: "automation/stacks/**" },
  { library: "express*", owner: "server/**" },
  { library: "kysely*", owner: "automation/ledger/**" },
  { library: "pg", owner: "automation/ledger/**" },
  // Teal's own database is the ledger's; tenants' are made here.
  { library: "pg", owner: "automation/databases/**" },
  { library: "pg-boss", owner: "automation/queue/**" },
  { library: "react*", owner: "console/**" },
  { library: "@tanstack/*", owner: "console/**" },
];
const restricted = (keep) => [
  "error",
  {
    patterns: owned
      .filter((o) => !keep.includes(o.owner) && !owned.some((p) => p.library === o.library && keep.includes(p.owner)))
      .map((o) => ({
        group: [o.library, ...(o.library.includes("*") ? [] : [`${o.library}/*`])],
        message: `Only ${o.owner} touches ${o.library}.`,
      })),
  },
];

export default defineConfig(
  { ignores: ["node_modules", ".teal", ".conformance-*", "coverage", "console/dist*", "console/src/api/schema.d.ts"] },
  js.configs.recommended,
  tseslint.configs.strict,
  prettier,
  {
    plugins: { "import-x": imports },
    settings: { "import-x/resolver-next": [imports.createNodeResolver({ extensions: [".ts", ".tsx", ".js"] })] },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "error",
      "no-restricted-imports": restricted([]),
      // `const { dropped: _, ...rest }` is how a key is left out of an object.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Indexed access is checked by the compiler (noUncheckedIndexedAccess); `!` states what a reader can see just above.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  ...[...new Set(owned.map((o) => o.owner))].map((owner) => ({
    files: [owner],
    rules: { "no-restricted-imports": restricted([owner]) },
  })),
  {
    files: ["console/src/**/*.{ts,tsx}"],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat["recommended-latest"]],
  },
  // Runs before the page's own code, as a plain script.
  { files: ["console/public/**"], languageOptions: { globals: { localStorage: "readonly", document: "readonly" } } },
  {
    files: ["automation/aws/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name=/Client$/]",
          message:
            "openClient (automation/aws/clients.ts) makes clients of AWS: tries, pauses and time limits are one for all.",
        },
      ],
    },
  },
  // The engine implements the Automation API's PulumiCommand; tests look at anything.
  {
    files: [
      "engine/**",
      "test/**",
      "test-aws/**",
      "test-browser/**",
      "test-chaos/**",
      "test-cluster/**",
      "test-platform/**",
      "bench/**",
    ],
    rules: { "no-restricted-imports": "off" },
  },
);
