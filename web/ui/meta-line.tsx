import styles from './meta-line.module.css';

type Part = string | number | false | null | undefined;

/** Facts in a line, apart by dots; each in its own direction, so that names in another script do not change their order. */
export function MetaLine({ parts }: { parts: Part[] }) {
  return (
    <p className={styles.meta}>
      {parts.filter(Boolean).map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed order, never rearranged
        <span key={i}>
          <bdi>{part}</bdi>
        </span>
      ))}
    </p>
  );
}
