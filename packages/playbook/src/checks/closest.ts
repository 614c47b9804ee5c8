/** Edits needed to make one word another, counted no further than `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? most + 1;
}

/** The known word most like a mistyped one, undefined when none is near. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 4));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const each of known) {
    const far = distance(word, each, most);
    if (far <= most && (!best || far < best.distance)) best = { word: each, distance: far };
  }
  return best?.word;
}

/** A sentence that names the nearest known word. */
export const didYouMean = (word: string, known: Iterable<string>): string => {
  const near = closest(word, known);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
};
