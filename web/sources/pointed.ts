import { createContext, useContext } from 'react';

/** What the reader points at: source `n`, from its number, its sentence or its card. They light together. */
export interface Pointed {
  n: number | null;
  /** Lights, nothing moves. */
  light: (n: number | null) => void;
  /** Lights, and shows the source in the margin if it is out of sight there. */
  point: (n: number | null) => void;
  /** Brings the source into view: beside the text, or from the bottom of a small screen. */
  open: (n: number) => void;
}

const nothing = () => undefined;

export const PointedContext = createContext<Pointed>({
  n: null,
  light: nothing,
  point: nothing,
  open: nothing,
});

export function usePointed(): Pointed {
  return useContext(PointedContext);
}
