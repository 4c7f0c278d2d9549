/** Run as a process of its own, to be killed: `node crashChild.ts <home> <kubeconfig>`. */
import { open } from "./stacks.ts";
import { configMaps } from "./crashProgram.ts";

const [home, kubeconfig] = process.argv.slice(2);
const stack = await open({ home: home!, program: configMaps(kubeconfig!) });
await stack.up();
