/** What the plain Pulumi CLI runs (tenant/Pulumi.yaml): the same program that Teal runs inline. */
export { tenantProgram as default } from "./program.ts";
