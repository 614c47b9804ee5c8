/** The engine stops: the job is somebody else's now. */
export class Abandoned extends Error {
  override readonly name = "Abandoned";
}
