/** What the bench asks of a page that shows React Flow. Frames are the page's own, so each carries all work of that moment. */
export interface PageMotion {
  /** When the graph could first be seen, in ms from the navigation. */
  readonly shown: () => Promise<number>;
  /** Drags the canvas to and fro, one move a frame; gives the frames a second. */
  readonly pan: (ms: number) => Promise<number>;
  /** Turns the wheel in and out again, once a frame; gives the frames a second. */
  readonly zoom: (ms: number) => Promise<number>;
  /** Moves the view with the wheel alone until the zoom is near the wanted one. */
  readonly zoomTo: (zoom: number) => Promise<number>;
}

declare global {
  interface Window {
    pageMotion: PageMotion;
    firstShown?: number;
  }
}

const stride = 14;
const turn = 24;
const panSwing = 24;
const zoomSwing = 12;

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

function pane(): { readonly element: Element; readonly x: number; readonly y: number } {
  const box = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (!box) throw new Error("No canvas is there.");
  for (let part = 0.5; part < 0.95; part += 0.01)
    for (const across of [0.5, 0.42, 0.58, 0.35]) {
      const [x, y] = [box.left + box.width * across, box.top + box.height * part];
      const element = document.elementFromPoint(x, y);
      if (element?.classList.contains("react-flow__pane")) return { element, x, y };
    }
  throw new Error("The canvas has no free place.");
}

const mouse = (type: string, x: number, y: number, buttons: number): MouseEvent =>
  new MouseEvent(type, { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, button: 0, buttons });
const wheel = (x: number, y: number, deltaY: number): WheelEvent => new WheelEvent("wheel", { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, deltaY });

/** Runs `step` each frame for so long; gives the frames a second. */
async function perSecond(ms: number, step: (frame: number) => void): Promise<number> {
  const begin = await nextFrame();
  let frames = 0;
  let now = begin;
  while (now - begin < ms) {
    step(frames);
    now = await nextFrame();
    frames += 1;
  }
  return (frames * 1_000) / (now - begin);
}

const zoomNow = (): number => new DOMMatrix(getComputedStyle(document.querySelector(".react-flow__viewport") ?? document.body).transform).a;

async function pan(ms: number): Promise<number> {
  const { element, x, y } = pane();
  element.dispatchEvent(mouse("mousedown", x, y, 1));
  let [atX, atY] = [x, y];
  const rate = await perSecond(ms, (frame) => {
    const sign = Math.floor(frame / panSwing) % 2 === 0 ? 1 : -1;
    atX += sign * stride;
    atY += (sign * stride) / 2;
    window.dispatchEvent(mouse("mousemove", atX, atY, 1));
  });
  window.dispatchEvent(mouse("mouseup", atX, atY, 0));
  await nextFrame();
  return rate;
}

function zoom(ms: number): Promise<number> {
  const { element, x, y } = pane();
  return perSecond(ms, (frame) => element.dispatchEvent(wheel(x, y, Math.floor(frame / zoomSwing) % 2 === 0 ? turn : -turn)));
}

async function zoomTo(wanted: number): Promise<number> {
  for (let tries = 0; tries < 200 && Math.abs(Math.log2(zoomNow() / wanted)) > 0.03; tries += 1) {
    const { element, x, y } = pane();
    const away = Math.log2(zoomNow() / wanted) / 0.002;
    element.dispatchEvent(wheel(x, y, Math.max(-200, Math.min(200, away))));
    await nextFrame();
  }
  return zoomNow();
}

/** Seen is: the canvas says it stands, and a step or the layer that stands for steps is drawn. */
const isShown = (): boolean =>
  document.querySelector(".canvas-box[data-ready] .react-flow__node-step, .canvas-box[data-ready] canvas, #root > .react-flow .react-flow__node") !== null;

async function shown(): Promise<number> {
  while (window.firstShown === undefined) await nextFrame();
  return window.firstShown;
}

async function look(): Promise<void> {
  while (!isShown()) await nextFrame();
  window.firstShown = await nextFrame();
}

window.pageMotion = { shown, pan, zoom, zoomTo };
void look();
