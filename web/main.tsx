import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/mantine.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/elder.css';
import './styles/sparing.css';
import './styles/print.css';
import { initLanguage } from './language/i18n.ts';
import { App } from './shell/app.tsx';

await initLanguage();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
