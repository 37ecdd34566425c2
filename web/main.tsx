import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/sheets.ts';
import { initLanguage } from './language/i18n.ts';
import { App } from './shell/app.tsx';

await initLanguage();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
