import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../styles/sheets.ts';
import { queryClient } from '../api/query-client.ts';
import { sessionKey } from '../api/session.ts';
import { initLanguage } from '../language/i18n.ts';
import { Providers } from '../shell/providers.tsx';
import { ComponentsPage } from './components-page.tsx';
import { SESSION } from './example-data.ts';

// The page of all components, for development: /components.html of `npm run dev`. It needs no server.
queryClient.setQueryData(sessionKey, SESSION);
await initLanguage();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers>
      <ComponentsPage />
    </Providers>
  </StrictMode>,
);
