import { writeFileSync } from "node:fs";
import { apiTypes, apiTypesFile } from "./apiTypes.ts";

writeFileSync(apiTypesFile, await apiTypes());
