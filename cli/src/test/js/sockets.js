// Does what it is told on lines of JSON, and says what its sockets hear on lines of JSON.
//
//   {"open": {"seat", "url", "options"}}                  a socket, known by its seat
//   {"emit": {"id", "seat", "event", "args"}}             says something; the answer is told as {"answer": id, "args"}
//   {"reply": {"seat", "event", "args"}}                  what the seat answers from now on to that event
//   {"pause": {"seat"}}, {"resume": {"seat"}}             stops to read from the network, and goes on
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';

const sockets = new Map();
const replies = new Map();

const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const network = (seat) => sockets.get(seat).io.engine.transport.ws._socket;

const commands = {
  open({ seat, url, options }) {
    const socket = io(url, { forceNew: true, ...options });
    sockets.set(seat, socket);
    socket.on('connect', () => tell({ seat, event: 'connect', args: [] }));
    socket.on('disconnect', (reason) => tell({ seat, event: 'disconnect', args: [reason] }));
    socket.on('connect_error', (error) => tell({ seat, event: 'connect_error', args: [error.message, error.data ?? null] }));
    socket.onAny((event, ...args) => {
      const answer = typeof args.at(-1) === 'function' ? args.pop() : undefined;
      tell({ seat, event, args });
      answer?.(...(replies.get(`${seat} ${event}`) ?? []));
    });
  },
  emit({ id, seat, event, args }) {
    sockets.get(seat).emit(event, ...args, (...answer) => tell({ answer: id, args: answer }));
  },
  reply({ seat, event, args }) {
    replies.set(`${seat} ${event}`, args);
  },
  pause({ seat }) {
    network(seat).pause();
  },
  resume({ seat }) {
    network(seat).resume();
  },
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    for (const [command, arguments_] of Object.entries(JSON.parse(line))) commands[command](arguments_);
  })
  .on('close', () => process.exit());
