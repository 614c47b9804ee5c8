import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import classes from "./code.module.css";
import type * as CodeModule from "./code-editor.ts";
import type { CodeHandle, CodeOptions } from "./code-options.ts";

type Code = typeof CodeModule;
let loaded: Code | null = null;

/** Reads the code editor; it is not part of what the editor page opens with. */
async function loadCode(): Promise<Code> {
  loaded = await import("./code-editor.ts");
  return loaded;
}

/** A text with colours, offers and problems; a plain one until the code editor is there, or when it cannot be read. */
export function CodeField({ value, ref, ...options }: CodeOptions & { value: string; ref?: Ref<CodeHandle> }) {
  const [code, setCode] = useState<Code | null>(loaded);
  const [, setMounted] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const handle = useRef<CodeHandle | null>(null);
  const seen = useRef(value);
  /** What was typed and has not come back as the value yet: it is not put over what was typed after it. */
  const echoes = useRef<string[]>([]);
  const latest = useRef({ value, options });
  useEffect(() => {
    latest.current = { value, options };
  });
  useEffect(() => {
    if (code) return;
    let wanted = true;
    loadCode().then(
      (module) => wanted && setCode(module),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [code]);
  const { language } = options;
  useEffect(() => {
    if (!code || !host.current) return;
    const mounted = code.mountCode(host.current, latest.current.value, latest.current.options);
    handle.current = mounted;
    setMounted(true);
    return () => {
      handle.current = null;
      mounted.destroy();
    };
  }, [code, language]);
  useLayoutEffect(() => {
    handle.current?.update({
      ...options,
      onChange: (text) => {
        echoes.current.push(text);
        options.onChange(text);
      },
      onBlur: () => {
        echoes.current = [];
        options.onBlur();
      },
    });
    if (seen.current === value) return;
    seen.current = value;
    const echo = echoes.current.lastIndexOf(value);
    echoes.current = echo === -1 ? [] : echoes.current.slice(echo + 1);
    if (echo === -1) handle.current?.put(value);
  });
  useImperativeHandle(
    ref,
    (): CodeHandle => ({
      update: (next) => handle.current?.update(next),
      put: (text) => handle.current?.put(text),
      text: () => handle.current?.text() ?? latest.current.value,
      focus: () => (handle.current ? handle.current.focus() : plain.current?.focus()),
      offer: (at) => (handle.current ? handle.current.offer(at) : plain.current?.focus()),
      destroy: () => undefined,
    }),
    [],
  );
  const height = { "--lines": options.lines };
  if (code) return <div ref={host} className={classes.code} style={height as React.CSSProperties} data-language={language} />;
  return (
    <textarea
      ref={plain}
      id={options.id}
      aria-label={options.label}
      aria-describedby={options.describedBy}
      className={classes.plain}
      data-language={language}
      rows={options.lines}
      value={value}
      placeholder={options.placeholder}
      readOnly={options.known.readOnly}
      onChange={(event) => options.onChange(event.currentTarget.value)}
      onBlur={options.onBlur}
    />
  );
}
