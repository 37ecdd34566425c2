import { Boundary } from './boundary.tsx';
import { Frame } from './frame.tsx';
import { Providers } from './providers.tsx';

export function App() {
  return (
    <Providers>
      <Boundary>
        <Frame />
      </Boundary>
    </Providers>
  );
}
