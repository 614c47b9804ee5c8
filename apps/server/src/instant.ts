/** Epoch ms as ISO 8601 in UTC. */
export const instant = (at: number): string => new Date(at).toISOString();
