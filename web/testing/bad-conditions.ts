import type { BrowserContext, Page } from 'playwright-core';

/** A poor mobile connection: 400 kbit/s, and 400 ms until anything comes back. */
export async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const bytesPerSecond = 400_000 / 8;
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
}

/** No connection at all for `milliseconds`. */
export async function dropConnection(context: BrowserContext, milliseconds: number): Promise<void> {
  await context.setOffline(true);
  await new Promise(resolve => setTimeout(resolve, milliseconds));
  await context.setOffline(false);
}

/** Ends the session on the server while the browser still believes in it, as time does. */
export async function expireSession(context: BrowserContext, url: string): Promise<void> {
  const cookies = await context.cookies(url);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const reply = await fetch(`${url}/api/session`, { method: 'DELETE', headers: { cookie } });
  if (!reply.ok) throw new Error(`The session did not end: ${reply.status}.`);
}
