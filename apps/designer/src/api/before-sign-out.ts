const works = new Set<() => Promise<unknown>>();

/** Has something done, and waited for, before the person signs out; returns what takes it back. */
export function beforeSignOut(work: () => Promise<unknown>): () => void {
  works.add(work);
  return () => works.delete(work);
}

/** Does all of it; what fails holds up nobody. */
export async function readyToSignOut(): Promise<void> {
  await Promise.allSettled([...works].map((work) => work()));
}
