import http from "node:http";
import { createApp } from "./app.ts";

/** Runs the application by itself: `IMAGE=app:1.0.0 PORT=8080 node examples/app/main.ts [background|migrate]`. */
const app = createApp(process.env, process.env.IMAGE ?? "app:latest", {
  words: process.argv.slice(2),
  log: (line) => console.log(line),
  exit: (code) => process.exit(code),
});
const server = http.createServer(app.handle);
server.listen(Number(process.env.PORT ?? 8080), process.env.LISTEN ?? "127.0.0.1");
app.start();

process.once("SIGTERM", () => {
  app.drain();
  app.stop();
  server.close(() => process.exit(0));
});
