declare global {
  interface Window {
    /** What `early.js` asked for, by address. */
    earlyAnswers?: Partial<Record<string, Promise<Response | null>>>;
  }
}

/** The good answer that was asked for before the app was here, once; null when there is none. */
export async function earlyAnswer(address: string): Promise<Response | null> {
  const answer = typeof window === "undefined" ? undefined : window.earlyAnswers?.[address];
  if (!answer) return null;
  delete window.earlyAnswers?.[address];
  const response = await answer;
  return response?.ok ? response : null;
}
