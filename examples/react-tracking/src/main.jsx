import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.jsx';
import './style.css';

const hub = import.meta.env.VITE_HUB ?? 'http://localhost:9001';

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <App hub={hub} />
  </StrictMode>,
);
