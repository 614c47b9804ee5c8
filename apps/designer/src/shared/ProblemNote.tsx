import { TriangleAlert } from "lucide-react";
import { asProblem } from "../api/api-problem.ts";
import classes from "./ProblemNote.module.css";

/** What went wrong, beside what was tried: the words, the code, and each fault with its place in the input. */
export function ProblemNote({ error }: { error: unknown }) {
  const problem = asProblem(error);
  return (
    <div className={classes.note} role="alert">
      <TriangleAlert size={16} strokeWidth={2} aria-hidden />
      <div className="grow">
        <strong>{problem.title}</strong>
        <p>{problem.detail}</p>
        <p className="mono">
          {problem.code}
          {problem.pointer !== undefined && problem.problems.length === 0 ? ` at ${problem.pointer === "" ? "the document" : problem.pointer}` : ""}
        </p>
        {problem.problems.length > 0 && (
          <ul className={classes.faults}>
            {problem.problems.slice(0, 50).map((fault, index) => (
              <li key={index}>
                <span className="mono">{fault.pointer === "" ? "/" : fault.pointer}</span>
                <span>{fault.message}</span>
              </li>
            ))}
            {problem.problems.length > 50 && <li>and {problem.problems.length - 50} more</li>}
          </ul>
        )}
      </div>
    </div>
  );
}
