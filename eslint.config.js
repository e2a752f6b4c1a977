import js from "@eslint/js";
import globals from "globals";

// What Chromium 87 does not know, and no parser setting would notice.
const TOO_NEW = ["structuredClone", "URLPattern", "scheduler", "navigation", "CompressionStream", "showOpenFilePicker"];
const TOO_NEW_METHODS = [
  "at",
  "findLast",
  "findLastIndex",
  "hasOwn",
  "toSorted",
  "toReversed",
  "toSpliced",
  "groupBy",
  "randomUUID",
  "showPopover",
];

export default [
  js.configs.recommended,
  {
    files: ["static/js/**/*.js", "persian/static/**/*.js"],
    languageOptions: { ecmaVersion: 2021, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-globals": ["error", ...TOO_NEW],
      "no-restricted-properties": ["error", ...TOO_NEW_METHODS.map((property) => ({ property }))],
      "no-restricted-syntax": [
        "error",
        {
          selector: "AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/], CallExpression[callee.property.name='insertAdjacentHTML']",
          message: "Build nodes instead: text that people typed must never become markup.",
        },
      ],
    },
  },
];
