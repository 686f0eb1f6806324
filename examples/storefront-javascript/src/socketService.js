// The one socket of an app, for all of its screens.
import { io } from 'socket.io-client';
import AsyncStorage from '@react-native-async-storage/async-storage';

class SocketService {
  socket = null;

  // An `await` needs an async function around it, so code that connects must wait before it listens.
  async connect(userId, role = 'customer') {
    const token = await AsyncStorage.getItem('accessToken');

    this.socket = io(process.env.HUB ?? 'http://localhost:5000', {
      auth: { token: `Bearer ${token}` },
      transports: ['websocket', 'polling'],
      reconnection: true,
      reconnectionDelay: 1000,
      reconnectionAttempts: 5,
    });

    this.socket.on('connect', () => {
      console.log('Connected to the hub');
      this.socket.emit('register', { userId, role });
    });

    this.socket.on('disconnect', (reason) => {
      console.log('Disconnected:', reason);
    });

    this.socket.on('registered', (data) => {
      console.log('Registered:', data.userId, data.role);
    });
  }

  disconnect() {
    if (this.socket) {
      this.socket.disconnect();
    }
  }

  on(event, callback) {
    if (this.socket) {
      this.socket.on(event, callback);
    }
  }

  off(event) {
    if (this.socket) {
      this.socket.off(event);
    }
  }

  emit(event, data) {
    if (this.socket) {
      this.socket.emit(event, data);
    }
  }
}

export default new SocketService();
