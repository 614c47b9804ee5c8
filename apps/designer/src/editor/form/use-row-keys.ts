import { useRef } from "react";

let last = 0;
const fresh = () => (last += 1);

/** Keys of a list's rows that go with them when they move, so that what is being typed stays with its row. */
export function useRowKeys(count: number) {
  const keys = useRef<number[]>([]);
  while (keys.current.length < count) keys.current.push(fresh());
  keys.current.length = count;
  return {
    all: keys.current,
    move: (from: number, to: number) => {
      const [key] = keys.current.splice(from, 1);
      if (key !== undefined) keys.current.splice(to, 0, key);
    },
    remove: (at: number) => void keys.current.splice(at, 1),
  };
}
