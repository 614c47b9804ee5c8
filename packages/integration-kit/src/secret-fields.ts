import * as z from "zod";

/** The names of a connection's fields that hold secrets: those with `.meta({ secret: true })`. */
export function secretFields(connection: z.ZodType): readonly string[] {
  const schema = z.toJSONSchema(connection, { io: "input", unrepresentable: "any" });
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => (typeof field === "object" && field["secret"] === true ? [name] : []));
}
