import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { type ApiProblem, asProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { sessionQuery } from "../api/session.ts";
import { Logo } from "../shared/Logo.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import { Bridge } from "./Bridge.tsx";
import classes from "./SignInPage.module.css";

/** Where a session begins; leads back to the page that was asked for. */
export function SignInPage() {
  usePageTitle("Sign in");
  const { to } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const queries = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setProblem(null);
    try {
      const { data } = await call("signIn", { body: { email, password } });
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, data);
      router.history.push(to?.startsWith("/") && !to.startsWith("//") && !to.includes("\\") ? to : "/playbooks");
    } catch (error) {
      setProblem(asProblem(error));
      setPending(false);
    }
  };

  return (
    <div className={classes.page}>
      <main className={classes.side}>
        <form className={classes.form} onSubmit={(event) => void submit(event)}>
          <Logo size={40} />
          <h1 className={classes.title}>Sign in to Drawbridge</h1>
          <p className={classes.lead}>Draw what your team does when something happens, let it run, and watch every step.</p>
          {problem && (
            <div className={classes.problem} role="alert">
              <strong>{problem.title}</strong>
              {problem.detail.replace(/\.$/, "") !== problem.title && <span>{problem.detail}</span>}
              <span className="mono">{problem.code}</span>
            </div>
          )}
          <TextInput
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": "Show or hide what is typed" }}
          />
          <Button type="submit" size="lg" loading={pending} fullWidth mt={4}>
            Sign in
          </Button>
        </form>
      </main>
      <Bridge />
    </div>
  );
}
