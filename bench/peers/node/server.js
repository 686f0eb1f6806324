// The tracking server of the load run, on npm socket.io.
//
//   ENGINE=ws|uws PORT=n BENCH_SECRET=… [PACKAGES=folder] node server.js
//
// Says "listening" once it does. The packages are those of this folder, or of the one given. `ws` is what `npm install socket.io` gives; `uws` puts the same
// Socket.IO server on uWebSockets.js.
'use strict';
const http = require('node:http');
const { createRequire } = require('node:module');
const path = require('node:path');

const packages = createRequire(path.join(process.env.PACKAGES ?? __dirname, 'node_modules', 'any.js'));
const jwt = packages('jsonwebtoken');
const { Server } = packages('socket.io');

const host = '127.0.0.1';
const port = Number(process.env.PORT);
const secret = process.env.BENCH_SECRET;

const engines = {
  ws(io) {
    const server = http.createServer();
    io.attach(server);
    server.listen(port, host, () => console.log('listening'));
  },
  uws(io) {
    const app = packages('@btc-vision/uwebsockets.js').App();
    io.attachApp(app);
    app.listen(host, port, (socket) => {
      if (!socket) throw new Error(`cannot listen on ${host}:${port}`);
      console.log('listening');
    });
  },
};

const isText = (value) => typeof value === 'string';
const isBetween = (value, least, most) => Number.isFinite(value) && least <= value && value <= most;
const isPosition = (p) =>
  p !== null &&
  typeof p === 'object' &&
  isText(p.orderId) &&
  isBetween(p.latitude, -90, 90) &&
  isBetween(p.longitude, -180, 180) &&
  isBetween(p.heading, 0, 360) &&
  isBetween(p.speed, 0, Infinity);

function track(realtime) {
  realtime.use((socket, next) => {
    jwt.verify(socket.handshake.auth.token, secret, { algorithms: ['HS256'] }, (refusal, claims) => {
      if (refusal) return next(new Error('unauthenticated'));
      socket.data = { userId: claims.sub, role: claims.role };
      next();
    });
  });
  realtime.on('connection', (socket) => {
    const driverId = socket.data.userId;
    socket.on('subscribe:order', (order) => {
      if (isText(order?.orderId)) socket.join(`order:${order.orderId}`);
    });
    socket.on('unsubscribe:order', (order) => {
      if (isText(order?.orderId)) socket.leave(`order:${order.orderId}`);
    });
    socket.on('driver:location', (p) => {
      if (!isPosition(p)) return socket.emit('error', { code: 'invalid', event: 'driver:location' });
      const { orderId, latitude, longitude, heading, speed } = p;
      const timestamp = Date.now();
      const update = { orderId, latitude, longitude, heading, speed, driverId, timestamp };
      realtime.to(`order:${orderId}`).emit('driver:location_update', update);
      socket.emit('driver:location_acknowledged', { orderId, timestamp });
    });
    socket.emit('connected', socket.data);
  });
}

function deliver(caps) {
  caps.on('connection', (socket) => {
    socket.on('join', (who) => {
      if (isText(who?.clientId)) socket.join(who.clientId);
    });
    socket.on('pickup', (parcel) => socket.broadcast.emit('pickup', parcel));
    for (const event of ['in-transit', 'delivered']) {
      socket.on(event, (parcel) => {
        if (isText(parcel?.clientId)) socket.to(parcel.clientId).emit(event, parcel);
      });
    }
  });
}

const io = new Server();
track(io.of('/realtime'));
deliver(io.of('/caps'));
engines[process.env.ENGINE](io);
