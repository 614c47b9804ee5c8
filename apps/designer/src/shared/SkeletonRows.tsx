import { Button, Skeleton } from "@mantine/core";
import { useDelayed } from "./use-delayed.ts";
import classes from "./SkeletonRows.module.css";

/** Rows of the final size while a list loads: after 150 ms; after 10 s it says what is waited for. */
export function SkeletonRows({ rows = 6, height = 49, what, retry }: { rows?: number; height?: number; what: string; retry?: (() => void) | undefined }) {
  const shown = useDelayed(150);
  const slow = useDelayed(10_000);
  return (
    <div role="status" aria-label={`Loading ${what}`} className={classes.rows}>
      {shown &&
        Array.from({ length: rows }, (_, index) => (
          <div key={index} className={classes.row} style={{ height }}>
            <Skeleton height={12} width={`${28 + ((index * 17) % 24)}%`} />
            <Skeleton height={12} width="14%" />
            <Skeleton height={12} width="18%" />
          </div>
        ))}
      {slow && (
        <div className={classes.slow}>
          Still waiting for {what}.
          {retry && (
            <Button size="xs" variant="default" onClick={retry}>
              Try again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
