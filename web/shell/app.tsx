import { Boundary } from './boundary.tsx';
import { Frame } from './frame.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { Providers } from './providers.tsx';

export function App() {
  return (
    <Providers>
      <Boundary>
        <LeaveGuard>
          <Frame />
        </LeaveGuard>
      </Boundary>
    </Providers>
  );
}
