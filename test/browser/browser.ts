import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export const chromiumPath = "/usr/bin/chromium";

/** Why browser tests cannot run here, or null when they can. */
export const noBrowser = existsSync(chromiumPath) ? null : "chromium is not installed";

/** Debian's Chromium, quiet about the outside world. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors that the page raised; a test ends with none. */
  readonly errors: string[];
}

/** A person at a browser of their own; with `ownScripts` a test may add scripts to pages. */
export async function openSeat(browser: Browser, options: { width?: number; height?: number; scheme?: "light" | "dark"; ownScripts?: boolean } = {}): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.scheme ?? "light",
    reducedMotion: "reduce",
    acceptDownloads: true,
    bypassCSP: options.ownScripts ?? false,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  return { context, page, errors };
}

/** Signs in by the page. */
export async function signIn(page: Page, url: string, email: string, password: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.waitForURL((target) => !target.pathname.startsWith("/sign-in"));
}
