import tokensCss from '../styles/tokens.css?raw';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { contrast, PAIRS, parseTokens } from './contrast.ts';
import styles from './specimens.module.css';

const THEMES = parseTokens(tokensCss);

/** Every pair of colours that meets, with its contrast in both themes whichever is on. */
export function Colours() {
  return (
    <ScrollBox>
      <table className={styles.colours}>
        <thead>
          <tr>
            <th scope="col">Colours</th>
            <th scope="col">Needed</th>
            <th scope="col">Light</th>
            <th scope="col">Dark</th>
          </tr>
        </thead>
        <tbody>
          {PAIRS.map(({ front, back, needed }) => (
            <tr key={front + back}>
              <th scope="row">
                <code>{front}</code> on <code>{back}</code>
              </th>
              <td>{needed}</td>
              {(['light', 'dark'] as const).map(theme => (
                <td key={theme}>
                  <Swatch
                    front={THEMES[theme][front] ?? ''}
                    back={THEMES[theme][back] ?? ''}
                    edge={needed < 4.5}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Swatch({ front, back, edge }: { front: string; back: string; edge: boolean }) {
  const ratio = contrast(front, back).toFixed(1);
  if (edge)
    return (
      <span className={styles.edge} style={{ borderColor: front }}>
        {ratio}
      </span>
    );
  return (
    <span className={styles.swatch} style={{ background: back, color: front }}>
      {ratio} · Aa 文 ع
    </span>
  );
}
