import { within } from "./scenarios/rollout.ts";
import { suite } from "./suite.ts";

suite("server and worker killed: within", within);
