import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, noBrowser, openSeat, signIn } from "../browser/browser.ts";
import { Children } from "./children.ts";
import { median, type Report, rounded } from "./figure.ts";
import { LiveServer } from "./live-server.ts";

const items = 10_000;
const rounds = 5;
const moments = 25;
const canvas = { width: 1440, height: 900 };

/** How soon a run of 10,000 step instances is there in the browser, what it costs there, and how soon any of its moments is. */
export async function runViewBench(report: Report): Promise<void> {
  if (noBrowser) throw new Error(`The run view cannot be measured: ${noBrowser}.`);
  const children = new Children();
  const browser = await launchBrowser();
  let server: LiveServer | null = null;
  try {
    server = await LiveServer.start(await children.serve("live-vendor.ts", ["0"]));
    const run = await server.run("fast", items);
    const { lastSeq } = await server.ended(run);
    const { page, errors } = await openSeat(browser, canvas);
    await signIn(page, server.process.url, server.admin.email, server.admin.password);
    const address = `${server.process.url}/runs/${run}?step=look`;
    await page.goto(address);
    await whole(page, lastSeq);
    const opened: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await page.goto("about:blank");
      const begin = performance.now();
      await page.goto(address);
      await whole(page, lastSeq);
      opened.push(performance.now() - begin);
    }
    report({ figure: `runview.open${items}`, value: rounded(median(opened)), unit: "ms", floor: null, ratio: null });
    report({ figure: `runview.events${items}`, value: lastSeq, unit: "events", floor: null, ratio: null });
    report({ figure: `runview.scroll${items}.fps`, value: rounded(await scrolling(page)), unit: "frames/s", floor: null, ratio: null });
    const travels = await travelling(page, lastSeq);
    report({ figure: `runview.travel${items}`, value: rounded(median(travels)), unit: "ms", floor: null, ratio: null });
    report({ figure: `runview.travel${items}.most`, value: rounded(Math.max(...travels)), unit: "ms", floor: null, ratio: null });
    report({ figure: `runview.memory${items}`, value: rounded(await rendererMb(browser)), unit: "MB", floor: null, ratio: null });
    if (errors.length > 0) throw new Error(`The page raised: ${errors.join("; ")}`);
  } finally {
    await browser.close();
    await server?.stop();
    await children.end();
  }
}

/** Resolves when every event and every item is there. */
async function whole(page: Page, lastSeq: number): Promise<void> {
  await page.getByRole("region", { name: "Events" }).getByText(lastSeq.toLocaleString("en-US"), { exact: true }).waitFor();
  await page
    .getByRole("region", { name: "Items" })
    .getByRole("button", { name: new RegExp(`^All\\s*${items}$`) })
    .waitFor();
}

/** Frames a second while the items and the events are scrolled from top to bottom; each frame carries its redraw. */
const scrolling = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const lists = ["Items of this step", "Events, newest first"].map((name) => document.querySelector(`ul[aria-label="${name}"]`)?.parentElement);
    const begin = await new Promise(requestAnimationFrame);
    let frames = 0;
    let now = begin;
    while (now - begin < 2_000) {
      for (const list of lists) if (list) list.scrollTop += 240;
      now = await new Promise(requestAnimationFrame);
      frames += 1;
    }
    return (frames * 1_000) / (now - begin);
  });

/** From moving the slider to the frame that shows that moment, in ms, all over the trace. */
function travelling(page: Page, lastSeq: number): Promise<number[]> {
  const wanted = Array.from({ length: moments }, (_each, index) => 1 + ((index * 7_919 * 13) % (lastSeq - 1)));
  return page.evaluate(async (sequence) => {
    const slider = document.querySelector<HTMLInputElement>('input[type="range"]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    if (!slider || !set) throw new Error("There is no slider.");
    const times: number[] = [];
    for (const seq of sequence) {
      await new Promise(requestAnimationFrame);
      const begin = performance.now();
      set.call(slider, String(seq));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      while (!document.querySelector('section[aria-label="Timeline"]')?.textContent.includes(`Event ${seq} of`)) await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve));
      times.push(performance.now() - begin);
    }
    return times;
  }, wanted);
}

/** Memory of the page's process that no other shares, in MB. */
async function rendererMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const own = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => [...readFileSync(`/proc/${id}/smaps_rollup`, "utf8").matchAll(/^Private_\w+:\s+(\d+) kB/gm)].reduce((sum, [, kb]) => sum + Number(kb), 0) / 1024);
  return Math.max(...own);
}
