import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type RunningProduct, startProduct } from '../../test/start-product.ts';
import { launchBrowser } from './browser.ts';
import { ensureBuiltUi } from './built-ui.ts';

/** The product with its built UI, and a browser to look at it. */
export interface RunningUi {
  browser: Browser;
  product: RunningProduct;
}

/** Starts both before the tests of a group and ends them after; what is returned is filled by then. */
export function startUi(): RunningUi {
  const ui = {} as RunningUi;
  beforeAll(async () => {
    await ensureBuiltUi();
    [ui.browser, ui.product] = await Promise.all([launchBrowser(), startProduct()]);
  }, 120_000);
  afterAll(async () => {
    // Either may have failed to start.
    await ui.browser?.close();
    await ui.product?.stop();
  });
  return ui;
}
