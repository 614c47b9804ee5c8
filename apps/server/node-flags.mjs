// Plain JavaScript, because the start before anything is installed reads it.

/** What the server's Node is started with. Short-lived state of runs dies in a young generation of this size, instead of being copied on. */
export const nodeFlags = ["--enable-source-maps", "--max-semi-space-size=32"];
