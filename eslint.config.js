import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const pure = ["playbook", "interpreter", "formats", "protocol"];
const pureFiles = pure.map((name) => `packages/${name}/src/**/*.ts`);
const tests = ["**/*.test.{ts,tsx}"];

/** Who may import whom; a package may always import itself. */
const allowed = {
  playbook: [],
  interpreter: ["playbook"],
  formats: ["playbook"],
  protocol: ["playbook", "interpreter"],
  "integration-kit": [],
  integrations: ["integration-kit"],
  engine: ["playbook", "interpreter", "integration-kit"],
  designer: ["playbook", "interpreter", "formats", "protocol", "engine", "integration-kit", "integrations"],
  server: ["playbook", "interpreter", "formats", "protocol", "engine", "integration-kit", "integrations"],
  cli: ["playbook", "interpreter", "formats", "protocol", "engine", "integration-kit", "integrations", "server"],
  test: ["playbook", "interpreter", "formats", "protocol", "engine", "integration-kit", "integrations", "server", "cli", "designer"],
};

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "screenshots/**"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["**/*.{ts,tsx,mjs,js}"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/unified-signatures": "off",
      "no-console": "off",
      eqeqeq: ["error", "always"],
    },
  },
  ...Object.entries(allowed).map(([name, may]) => ({
    files: [["designer", "server", "cli"].includes(name) ? `apps/${name}/**/*.{ts,tsx}` : name === "test" ? "test/**/*.ts" : `packages/${name}/**/*.{ts,tsx}`],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^@drawbridge/(?!(?:${[name, ...may].join("|")})(?:$|/))`,
              message: `${name} may import only ${may.join(", ") || "no other package"}.`,
            },
            { regex: "^(?:\\.\\./)+(?:packages|apps)/", message: "Import other packages by name." },
            ...(pure.includes(name) ? [{ regex: "^node:", message: "This package is pure: no I/O." }] : []),
          ],
        },
      ],
    },
  })),
  {
    files: pureFiles,
    ignores: tests,
    rules: {
      "no-restricted-globals": [
        "error",
        ...["fetch", "setTimeout", "setInterval", "setImmediate", "process", "document", "window", "crypto", "performance", "console"].map((name) => ({
          name,
          message: "This package is pure.",
        })),
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: "No clock here: time arrives with the event." },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "No clock here: time arrives with the event." },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: "No randomness here." },
      ],
    },
  },
  {
    files: tests,
    rules: { "@typescript-eslint/no-restricted-imports": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["apps/designer/src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
);
