import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The UI is built into web/dist, which the server serves; `npm run dev` proxies the API to a running server. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  // rehype-katex brings an older KaTeX of its own, whose markup does not fit the style sheet of ours.
  resolve: { dedupe: ['katex'] },
  server: { port: 5173, proxy: { '/api': 'http://localhost:3000' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows nothing but files of our own origin: no data: fonts, no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What two areas share is one file: left alone it would be some thirty requests of a few hundred bytes.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
      },
    },
  },
});
