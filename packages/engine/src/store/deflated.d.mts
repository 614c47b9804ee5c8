/** A burst's text as it is stored: deflated when it is long. */
export function deflated(text: string): string | Buffer;
