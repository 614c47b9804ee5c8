/** A pattern for `like … escape '\'` that finds the words anywhere. */
export const anywhere = (words: string): string => `%${words.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
