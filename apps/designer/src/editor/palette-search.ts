/** How well a text matches what was typed: lower is better, null is not at all. Letters may be apart, in order. */
export function matchScore(text: string, typed: string): number | null {
  const hay = text.toLowerCase();
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return 0;
  const at = hay.indexOf(wanted);
  if (at === 0) return 0;
  if (at > 0) return /[\s.·-]/.test(hay[at - 1] ?? "") ? 1 : 2;
  const words = wanted.split(/\s+/);
  if (words.length > 1 && words.every((word) => hay.includes(word))) return 3;
  let from = 0;
  let gaps = 0;
  for (const letter of wanted.replaceAll(" ", "")) {
    const found = hay.indexOf(letter, from);
    if (found === -1) return null;
    gaps += found - from;
    from = found + 1;
  }
  return gaps > wanted.length * 3 ? null : 4 + gaps;
}
