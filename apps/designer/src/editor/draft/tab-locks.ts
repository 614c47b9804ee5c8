const lockOf = (tab: string) => `drawbridge editing ${tab}`;

/** Says to other tabs that this one lives, until what is returned is called or the tab is gone. */
export function holdTab(tab: string): () => void {
  const ended = new AbortController();
  void navigator.locks?.request(lockOf(tab), () => new Promise<void>((resolve) => ended.signal.addEventListener("abort", () => resolve())));
  return () => ended.abort();
}

/** Does the work when that tab is gone: at once, or when it ends. No two tabs do it at a time. Browsers give locks to secure pages only; elsewhere every other tab counts as gone. */
export async function whenTabIsGone(tab: string, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  if (!navigator.locks) return work();
  try {
    await navigator.locks.request(lockOf(tab), { signal }, work);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
