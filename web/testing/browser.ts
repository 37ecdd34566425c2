import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { LANGUAGES, type Language } from '../language/languages.ts';

const CHROMIUM = '/usr/bin/chromium';
/** Without Chromium the browser tests are skipped on a laptop and fail where tests are meant to be complete. */
export const hasBrowser = existsSync(CHROMIUM) || Boolean(process.env.CI);
export const MISSING = `no ${CHROMIUM}: install it (apt-get install chromium) to run these`;

/** Nothing that Chromium does on its own reaches the network. */
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: false, args: FLAGS });
}

export const WIDE = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Errors of the page, refusals by the content security policy, requests that leave the product. */
  faults: string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  language: Language;
  size?: { width: number; height: number };
}

/** A fresh visitor in a browser of their own. */
export async function visit(browser: Browser, url: string, options: VisitOptions): Promise<Visit> {
  const { language, size = WIDE } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: size,
    locale: LANGUAGES[language].tag,
    reducedMotion: 'reduce',
    hasTouch: size === PHONE,
    isMobile: size === PHONE,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(`error: ${error.message}`));
  page.on('console', message => {
    // The browser itself reports every 401, which is how an ended session shows.
    if (message.type() === 'error' && !message.text().includes('401')) faults.push(message.text());
  });
  page.on('request', request => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) faults.push(request.url());
  });
  return { page, context, faults, close: () => context.close() };
}

/** Signs in through the page, as people do who know the product: they put the guide of the first task away. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await signInFirst(page, username, password);
  const leave = page.locator('[data-first-task] [data-leave]');
  if (await leave.isVisible()) await leave.click();
}

/** Signs in through the page as a newcomer, whom the guide of the first task awaits. */
export async function signInFirst(page: Page, username: string, password: string): Promise<void> {
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form:has(input[name=password]) button[type=submit]').click();
  await page.locator('input[name=password]').waitFor({ state: 'detached' });
}

/** Nothing is wider than the screen. */
export async function expectFitting(page: Page, screen: string): Promise<void> {
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(overflow, `${screen}: wider than the screen`).toBeLessThanOrEqual(0);
}

/**
 * No serious violation of WCAG 2.2 AA in either theme. In dark only colours can differ, so only they
 * are looked at again. The insides of formulas are KaTeX's, hundreds of elements each, and left out.
 */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('.katex');
    if (colorScheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
    else axe.withRules(['color-contrast']);
    const { violations } = await axe.analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`);
    expect(serious, `${screen}, ${colorScheme}`).toEqual([]);
  }
}
