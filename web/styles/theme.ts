import {
  type CSSVariablesResolver,
  createTheme,
  DEFAULT_THEME,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** Mantine wants ten shades; what is seen comes from the tokens, which differ by theme. */
const accent = Array.from({ length: 10 }, () => 'var(--accent)') as unknown as MantineColorsTuple;

/** Borders and grounds of inputs are certain shades of these greys, whatever the variables further down say. */
const gray = DEFAULT_THEME.colors.gray.with(4, 'var(--line-strong)') as unknown as MantineColorsTuple;
const dark = DEFAULT_THEME.colors.dark
  .with(4, 'var(--line-strong)')
  .with(6, 'var(--surface)') as unknown as MantineColorsTuple;

const variantColorResolver: VariantColorsResolver = ({ variant }) => {
  if (variant === 'filled') {
    return {
      background: 'var(--accent)',
      hover: 'var(--accent-strong)',
      color: 'var(--on-accent)',
      border: '1px solid transparent',
    };
  }
  if (variant === 'subtle') {
    return {
      background: 'transparent',
      hover: 'var(--accent-soft)',
      color: 'var(--accent)',
      border: '1px solid transparent',
    };
  }
  return {
    background: 'var(--surface)',
    hover: 'var(--accent-soft)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
  };
};

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent, gray, dark },
  variantColorResolver,
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-title)' },
  defaultRadius: 'var(--radius)',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: 'default' } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 }, radius: 'var(--radius)' } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
  },
});

const variables = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-hover': 'var(--accent-soft)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--line)',
  '--mantine-color-disabled-color': 'var(--muted)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-error': 'var(--warm)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-line-height': 'var(--reading)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables,
  dark: variables,
});
