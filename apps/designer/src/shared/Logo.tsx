/** The sign of Drawbridge. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" role="img" aria-label="Drawbridge">
      <rect width="26" height="26" rx="7" fill="var(--accent)" />
      <path d="M6.5 20V7.5M19.5 20V7.5M4.5 20h17M6.5 15.5l9-7M6.5 8.5 15 8" stroke="#fff" strokeWidth="1.9" strokeLinecap="round" fill="none" />
    </svg>
  );
}
