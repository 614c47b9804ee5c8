import { ApiClient } from "@drawbridge/cli/api-client";
import type { Playbook } from "@drawbridge/playbook";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { launchBrowser, openSeat, type Seat, signIn } from "./browser.ts";

const engineer = "marek.kowal@qrst.com";
const password = "drawbridge";

/** A person with a playbook open in the editor. */
export interface Bench extends Seat {
  /** The draft as the server has it. */
  readonly draft: () => Promise<Playbook>;
  /** A step's card on the canvas. */
  readonly step: (id: string) => Locator;
}

interface SeatOptions extends NonNullable<Parameters<typeof openSeat>[1]> {
  readonly email?: string;
}

/** A server with the sample world, a browser, and people who sit down at it: for all tests of the `describe` that asks for it. */
export function workshop() {
  let home: string | undefined;
  let server: ServerProcess | undefined;
  let browser: Browser | undefined;
  let api: ApiClient | undefined;

  beforeAll(async () => {
    home = await emptyHome();
    server = await startServerProcess({ home, environment: { DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" } });
    browser = await launchBrowser();
    api = await new ApiClient(server.url).signIn(engineer, password);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (home !== undefined) await removeHome(home);
  });

  const there = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined) throw new Error("The workshop is not open yet.");
    return thing;
  };
  const url = () => there(server).url;

  /** A person at a browser of their own, signed in. */
  const sit = async ({ email = engineer, ...options }: SeatOptions = {}): Promise<Seat> => {
    const seat = await openSeat(there(browser), options);
    await signIn(seat.page, url(), email, password);
    return seat;
  };
  const draftOf = async (id: string) => (await there(api).call<{ playbook: Playbook }>("getDraft", { params: { id } })).playbook;
  const create = (document: { readonly id: string }) => there(api).call<{ etag: string }>("createPlaybook", { body: document });

  /** Goes to a playbook that is there and waits until its canvas can be used. */
  const goTo = async (page: Page, id: string) => {
    await page.goto(`${url()}/playbooks/${id}`);
    await page.locator(".canvas-box[data-ready]").waitFor();
  };

  return {
    url,
    browser: () => there(browser),
    /** The engineer's own way to the server. */
    api: () => there(api),
    sit,
    create,
    goTo,
    draftOf,
    /** Makes a playbook and opens it in the editor, as a new person at a browser. */
    open: async (document: { readonly id: string }, options?: SeatOptions): Promise<Bench> => {
      await create(document);
      const seat = await sit(options);
      await goTo(seat.page, document.id);
      return { ...seat, draft: () => draftOf(document.id), step: (id) => seat.page.locator(`.react-flow__node[data-step-id="${id}"]`) };
    },
  };
}
