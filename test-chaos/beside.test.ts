import { beside } from "./scenarios/rollout.ts";
import { suite } from "./suite.ts";

suite("server and worker killed: beside", beside);
