/** The text with every secret of four characters or more blacked out. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret.length < 4 ? clean : clean.split(secret).join("•••")), text);
}
