import { ApiClient } from "@drawbridge/cli/api-client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, noBrowser, openSeat, signIn } from "./browser.ts";
import { inTheme, seriousFindings } from "./findings.ts";
import { editorPlaces, type Place, placesOf, worldOf } from "./places.ts";

if (noBrowser) console.log(`Skipped: accessibility in a browser (${noBrowser}).`);

describe.skipIf(noBrowser !== null)("every page, in light and in dark", () => {
  let home: string;
  let server: ServerProcess;
  let browser: Browser;
  let pages: readonly Place[];

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    pages = placesOf(await worldOf(await new ApiClient(server.url).signIn("ada.admin@qrst.com", "drawbridge"), server.url));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await removeHome(home);
  });

  /** Goes from place to place and gives what axe finds at each; in dark only colours differ. */
  const walk = async (page: Page, places: readonly Place[]): Promise<{ readonly [place: string]: readonly string[] }> => {
    const found: { [place: string]: readonly string[] } = {};
    const note = (place: string, findings: readonly string[]) => {
      if (findings.length > 0) found[place] = findings;
    };
    for (const { name, path, open } of places) {
      await page.goto(`${server.url}${path}`);
      await open(page);
      await inTheme(page, "light");
      note(name, await seriousFindings(page));
      await inTheme(page, "dark");
      note(`${name}, dark`, await seriousFindings(page, ["color-contrast"]));
    }
    return found;
  };

  it.each([1440, 390])("gives axe nothing serious to say, %i px wide", { timeout: 400_000 }, async (width) => {
    const { page, errors } = await openSeat(browser, { width, height: width < 600 ? 844 : 900 });
    const signIns = await walk(page, [{ name: "sign-in", path: "/sign-in", open: (at) => at.getByRole("button", { name: /sign in/i }).waitFor() }]);
    await signIn(page, server.url, "ada.admin@qrst.com", "drawbridge");
    const there = pages.filter((place) => width > 900 || !place.wide);
    expect({ ...signIns, ...(await walk(page, there)) }).toEqual({});
    expect(errors).toEqual([]);
  });

  it("gives axe nothing serious to say in the editor's panels, menus and dialogs", { timeout: 400_000 }, async () => {
    const { page, errors } = await openSeat(browser);
    await signIn(page, server.url, "ada.admin@qrst.com", "drawbridge");
    expect(await walk(page, editorPlaces)).toEqual({});
    expect(errors).toEqual([]);
  });
});
