import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: { dedupe: ['socket.io-client'] }, // waybill is a link to a folder outside of this one
  server: { fs: { allow: ['.', '../../clients/javascript'] } },
});
