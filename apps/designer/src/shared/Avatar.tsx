import classes from "./Avatar.module.css";

const tints = ["teal", "blue", "rose", "amber", "iris"] as const;

const tintOf = (email: string) => tints[[...email].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7) % tints.length];

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? "?"}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
}

/** Initials of a person in a circle; always of the same tint for the same person. */
export function Avatar({ person, size = 26, named = false }: { person: { readonly email: string; readonly name: string }; size?: number; named?: boolean }) {
  return (
    <span
      className={classes.avatar}
      data-tint={tintOf(person.email)}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      title={person.name}
      {...(named ? { role: "img", "aria-label": person.name } : { "aria-hidden": true })}
      data-initials={initialsOf(person.name)}
    />
  );
}
