import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The app in a browser: React Native's components become elements of a page, its storage the page's. */
export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      'react-native': 'react-native-web',
      '@react-native-async-storage/async-storage': fileURLToPath(new URL('web/async-storage.js', import.meta.url)),
    },
    dedupe: ['socket.io-client'], // waybill is a link to a folder outside of this one
  },
  server: { fs: { allow: ['.', '../../clients/javascript'] } },
});
