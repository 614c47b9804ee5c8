import ReactMarkdown from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import classes from "./Markdown.module.css";

/** Markdown as sanitised HTML; links open apart and tell nothing of where they were pressed. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.markdown}>
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize]}
        components={{
          a: ({ children, href }) => (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
          img: ({ alt }) => <span className="muted">[image: {alt ?? "without a name"}]</span>,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
