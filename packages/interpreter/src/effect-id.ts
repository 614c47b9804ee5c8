/** The idempotency key of an attempt: `<run>/<step>/<number>`, or `<run>/<step>[<item>]/<number>`. */
export function effectId(run: string, step: string, item: number | null, number: number): string {
  return item === null ? `${run}/${step}/${number}` : `${run}/${step}[${item}]/${number}`;
}
