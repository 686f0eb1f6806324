// Reads commands as lines of JSON and prints the events of its sockets as lines of JSON.
//
//   {"open": {"socketName", "url", "options"}}                  opens a socket
//   {"emit": {"id", "socketName", "event", "args"}}             emits an event; prints its ack as {"answer": id, "args"}
//   {"reply": {"socketName", "event", "args"}}                  the ack for that event from now on
//   {"pause": {"socketName"}}, {"resume": {"socketName"}}             stops and resumes reading from the network
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';

const sockets = new Map();
const replies = new Map();

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const network = (socketName) => sockets.get(socketName).io.engine.transport.ws._socket;

const commands = {
  open({ socketName, url, options }) {
    const socket = io(url, { forceNew: true, ...options });
    sockets.set(socketName, socket);
    socket.on('connect', () => print({ socketName, event: 'connect', args: [] }));
    socket.on('disconnect', (reason) => print({ socketName, event: 'disconnect', args: [reason] }));
    socket.on('connect_error', (error) => print({ socketName, event: 'connect_error', args: [error.message, error.data ?? null] }));
    socket.onAny((event, ...args) => {
      const answer = typeof args.at(-1) === 'function' ? args.pop() : undefined;
      print({ socketName, event, args });
      answer?.(...(replies.get(`${socketName} ${event}`) ?? []));
    });
  },
  emit({ id, socketName, event, args }) {
    sockets.get(socketName).emit(event, ...args, (...answer) => print({ answer: id, args: answer }));
  },
  reply({ socketName, event, args }) {
    replies.set(`${socketName} ${event}`, args);
  },
  pause({ socketName }) {
    network(socketName).pause();
  },
  resume({ socketName }) {
    network(socketName).resume();
  },
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    for (const [command, arguments_] of Object.entries(JSON.parse(line))) commands[command](arguments_);
  })
  .on('close', () => process.exit());
