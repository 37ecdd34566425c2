/** A class code in two groups, as it is read aloud. */
export const spacedCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** A PIN likewise. */
export const spacedPin = spacedCode;
