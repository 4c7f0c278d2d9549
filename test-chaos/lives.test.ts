import { lives } from "./scenarios/lives.ts";
import { suite } from "./suite.ts";

suite("server and worker killed: lives", lives);
