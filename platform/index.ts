/** What the Pulumi CLI runs (Pulumi.yaml). */
export { platformProgram as default } from "./program.ts";
