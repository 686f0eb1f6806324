// A network between a client and a hub, which fails when a test wants it to.
import { once } from 'node:events';
import net from 'node:net';

/** A line to the hub that can be cut and mended. */
export class Line {
  #server;
  #sockets = new Set();

  static async to(t, port) {
    const line = new Line();
    line.#server = net.createServer((near) => {
      const far = net.connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        line.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          line.#sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    line.port = line.#server.address().port;
    t.after(() => line.cut());
    return line;
  }

  cut() {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async mend() {
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }
}
