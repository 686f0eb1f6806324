// The line to the hub: where it is, who we are there, and what we say when it does not let us in.
import { io } from 'socket.io-client';

export function connect(query = {}) {
  const caps = io(`${process.env.HUB ?? 'http://localhost:9001'}/caps`, {
    auth: { token: process.env.WAYBILL_TOKEN },
    query,
  });
  caps.on('connect_error', ({ message, data }) => {
    if (caps.active) return; // the hub is not there: the client tries again by itself
    console.log(`the hub does not let us in: ${message}`);
    if (data?.code === 'unauthenticated') console.log('put a token that it believes into WAYBILL_TOKEN');
    process.exit(1);
  });
  return caps;
}
