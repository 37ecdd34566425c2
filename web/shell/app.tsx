import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { queryClient } from '../api/query-client.ts';
import { cssVariables, theme } from '../styles/theme.ts';
import { Boundary } from './boundary.tsx';
import { Frame } from './frame.tsx';

const colorScheme = localStorageColorSchemeManager({ key: 'zhujiao.theme' });

export function App() {
  return (
    <DirectionProvider>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={colorScheme}
      >
        <QueryClientProvider client={queryClient}>
          <Boundary>
            <Frame />
          </Boundary>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
