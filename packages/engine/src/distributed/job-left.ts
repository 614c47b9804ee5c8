/** Why a worker leaves its job to others: the engine stops. */
export class Abandoned extends Error {
  override readonly name = "Abandoned";
}

/** Somebody else was given the job meanwhile. */
export class JobLost extends Error {
  override readonly name = "JobLost";
}
