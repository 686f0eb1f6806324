// Runs the exchange in Node.js: takes its settings as JSON in the first argument, prints its result as JSON.
import { io } from 'socket.io-client';
import { exchange } from './exchange.js';

console.log(JSON.stringify(await exchange(io, JSON.parse(process.argv[2]))));
process.exit();
