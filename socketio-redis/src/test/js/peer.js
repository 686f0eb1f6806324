// A Socket.IO server with the Redis adapter, and an emitter. Evaluates each line of its input and prints the result.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { createAdapter } from "@socket.io/redis-adapter";
import { Emitter } from "@socket.io/redis-emitter";
import { createClient } from "redis";
import { Server } from "socket.io";

const { REDIS_URL: url, CHANNEL_KEY: key } = process.env;
const publishing = createClient({ url });
const subscribing = publishing.duplicate();
await Promise.all([publishing.connect(), subscribing.connect()]);

const http = createServer();
const io = new Server(http, { adapter: createAdapter(publishing, subscribing, { key, requestsTimeout: 2000 }) });
const ns = io.of("/orders");
ns.on("connection", (socket) => {
  socket.data.home = "node";
  socket.on("join", (room, ack) => {
    socket.join(room);
    ack(true);
  });
});
const heard = []; // events of other servers
ns.on("hello", (...args) => {
  const ack = typeof args.at(-1) === "function" ? args.pop() : undefined;
  heard.push(args);
  ack?.(`node heard ${args[0]}`);
});
const emitter = new Emitter(publishing, { key }).of("/orders");

http.listen(0, "127.0.0.1", () => console.log(`port ${http.address().port}`));

const Evaluated = Object.getPrototypeOf(async () => {}).constructor;
for await (const line of createInterface({ input: process.stdin })) {
  const run = new Evaluated("ns", "emitter", "heard", `return ${line}`);
  await run(ns, emitter, heard).then(
    (value) => console.log(`= ${JSON.stringify(value ?? null)}`),
    (error) => console.log(`! ${error.message}`),
  );
}
