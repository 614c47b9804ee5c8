import { actionErrorCodes } from "@drawbridge/integration-kit";
import { interpreterErrorCodes } from "@drawbridge/interpreter";
import { engineErrorCodes } from "./engine-error.ts";
import { scriptErrorCodes } from "./script/script-error.ts";

/** Every code with which a step or a run can fail. */
export const runErrorCodes = [...interpreterErrorCodes, ...actionErrorCodes, ...scriptErrorCodes, ...engineErrorCodes] as const;
export type RunErrorCode = (typeof runErrorCodes)[number];

/** A failure in the words of whoever reads it. */
export interface RunErrorText {
  readonly title: string;
  /** What it means for the run. */
  readonly meaning: string;
  /** What one can do. */
  readonly advice: string;
}

const asked = "Nothing was sent.";
const unknownState = "Nobody can tell from here whether the other system has done it.";

const texts: { readonly [Code in RunErrorCode]: RunErrorText } = {
  "timed-out": {
    title: "It took too long",
    meaning: `No answer came within the time that the step allows. ${unknownState}`,
    advice: "Look whether the other system is slow today; give the step more time, or let it try again.",
  },
  "repeat-exhausted": {
    title: "It was not done after the last poll",
    meaning: "The step asked again as often as it may, and what it waits for had not happened.",
    advice: "Look in the other system how far it is; then run again from this step, or allow more polls.",
  },
  "for-each-not-a-list": {
    title: "There is no list to go through",
    meaning: "The step is done for each item of a list, and its expression gave something else.",
    advice: "See in Input what the expression gave; often an earlier step found nothing, or a path is misspelt.",
  },
  "for-each-items-failed": {
    title: "Some items failed",
    meaning: "The step is done for each item of a list, and an item failed. What had been done for others stays done; each item below says how it stands.",
    advice: "Filter the items for failed ones to see why; run again from this step, or let the step go on in spite of failures.",
  },
  "expression-failed": {
    title: "An expression could not be worked out",
    meaning: `A field of the step is an expression that failed with the values of this run. ${asked}`,
    advice: "The message names the place; try the expression in the designer with the input of this run.",
  },
  "no-branch-matched": {
    title: "No branch held",
    meaning: "The condition looked at each branch, none held, and it has no way for everything else.",
    advice: "See below which values decided; add an “otherwise” way to the condition.",
  },
  "no-answer-in-time": {
    title: "Nobody answered in time",
    meaning: "The question stayed open until its time was over.",
    advice: "Run again from this step to ask once more; or give the question a way for when nobody answers.",
  },
  "invalid-wait": {
    title: "The time to wait for is not one",
    meaning: "The step waits until a time or for a duration, and its expression gave neither.",
    advice: "See in the message what the expression gave; a time looks like 2026-05-01T09:00:00Z, a duration like PT15M.",
  },
  "child-run-failed": {
    title: "The called playbook failed",
    meaning: "This step ran another playbook, and that run failed.",
    advice: "Open the called run to see which of its steps failed, and why.",
  },
  "child-run-cancelled": {
    title: "The called playbook was cancelled",
    meaning: "This step ran another playbook, and somebody ended that run before it was done.",
    advice: "Open the called run to see who cancelled it and the reason given.",
  },
  "skipped-in-doubt": {
    title: "Skipped, not knowing whether it was done",
    meaning: "It was not known whether the change had been made, and a person or the step's own rule chose to go on without it.",
    advice: "If the change matters, look in the other system whether it is there.",
  },
  "skipped-in-rerun": {
    title: "Left out when it was run again",
    meaning: "Whoever ran the run again had this step left out, so that its change is not made a second time.",
    advice: "The run went on without its output. Run again from this step to carry it out after all.",
  },
  "ended-as-failed": {
    title: "The playbook ended as failed",
    meaning: "The run came to an end that its author marked as a failure. Nothing went wrong in the run itself.",
    advice: "Follow the lit ways back to see what led here.",
  },
  "step-budget-exhausted": {
    title: "Too many steps at once",
    meaning: "One event led to more decisions than a run may take without a pause, which is nearly always an endless loop.",
    advice: "Look for a loop whose condition never ends it.",
  },
  "invalid-input": {
    title: "The input does not fit",
    meaning: `What the step or the run was given is not what it takes. ${asked}`,
    advice: "The message names the field; see Input for what was given, and correct the step or what comes before it.",
  },
  "invalid-output": {
    title: "The result does not fit",
    meaning: "The action was carried out, and its result is not in the form that it declares.",
    advice: "The other system may have changed its answers; tell whoever looks after the integration. A change may have been made.",
  },
  "unknown-action": {
    title: "The action does not exist here",
    meaning: `The playbook uses an action that this server does not have. ${asked}`,
    advice: "The playbook was made for another version; choose the action anew in the designer.",
  },
  "unknown-connection": {
    title: "The connection does not exist",
    meaning: `The step names a connection that was removed or never made. ${asked}`,
    advice: "Make it under Integrations, or choose another in the step; then run again from here.",
  },
  "not-configured": {
    title: "The connection is not set up",
    meaning: `The integration lacks settings that this action needs. ${asked}`,
    advice: "Complete the connection under Integrations, and test it there; then run again from here.",
  },
  "authentication-failed": {
    title: "The sign-in was refused",
    meaning: "The other system does not accept the credentials of the connection.",
    advice: "They may have expired or been changed: renew them under Integrations, test the connection, and run again from here.",
  },
  "permission-denied": {
    title: "Not allowed",
    meaning: "The connection's account, or the person for whom the run works, may not do this.",
    advice: "Ask whoever looks after the other system for the right, or use a connection that has it.",
  },
  "not-found": {
    title: "It is not there",
    meaning: "What the step asked for does not exist in the other system.",
    advice: "See in Input what was asked for; it may have been removed, or be spelt otherwise there.",
  },
  ambiguous: {
    title: "More than one fits",
    meaning: `What the step asked for is not clear: several match, and it will not guess. ${asked}`,
    advice: "Give the step something that names exactly one, such as an id.",
  },
  conflict: {
    title: "It is in that state already, or changed meanwhile",
    meaning: "The other system refused because what is there now does not allow it.",
    advice: "Look in the other system; often what was wanted has been done already.",
  },
  rejected: {
    title: "The other system refused",
    meaning: "The request was understood and not carried out.",
    advice: "The message is the other system's own; correct what it names, and run again from here.",
  },
  "rate-limited": {
    title: "Too many requests",
    meaning: "The other system takes no more from us for now.",
    advice: "Wait and run again from here; let the step retry with longer pauses, or lower how many calls go at once.",
  },
  unavailable: {
    title: "The other system is not available",
    meaning: "It could not be reached, or said that it cannot answer now.",
    advice: "Look at its status page or at the network; when it is back, run again from here.",
  },
  cancelled: {
    title: "It was cut short",
    meaning: "The call was ended before its result came, because the run was cancelled or the server stopped.",
    advice: "If it is a change, look in the other system whether it was made.",
  },
  "connection-refused": {
    title: "Nothing answers at that address",
    meaning: `The address of the connection was reached, and no service listens there. ${asked}`,
    advice: "Check address and port of the connection under Integrations.",
  },
  "egress-refused": {
    title: "That address is not allowed",
    meaning: `The server's rules do not let it call this address. ${asked}`,
    advice: "If it should be called, an administrator can allow it for the connection.",
  },
  "response-too-large": {
    title: "The answer was too large",
    meaning: "The other system sent more than the connection takes, and the rest was not read. What was asked may have been done.",
    advice: "Ask for less, by a filter or page by page, or raise the limit of the connection.",
  },
  "output-too-large": {
    title: "The output was too large",
    meaning: "The step gave more than a run may keep of one step. What it did has been done.",
    advice: "Ask for fewer fields or items, or keep the data elsewhere and only its address in the run.",
  },
  "invalid-response": {
    title: "The answer makes no sense",
    meaning: `The other system answered with something that is not in the form that it promises. ${unknownState}`,
    advice: "A proxy or an error page may have answered in its place; see the details, and check the address of the connection.",
  },
  "partly-delivered": {
    title: "Not everybody got it",
    meaning: "Some recipients were refused; the others have the message.",
    advice: "The details name who was refused; correct the address before sending to those alone.",
  },
  unexpected: {
    title: "Something that nobody foresaw",
    meaning: "The error comes from Drawbridge or an integration itself, and is a defect there.",
    advice: "Keep the run's trace (Download) and report it; run again from here when it is mended.",
  },
  "script-failed": {
    title: "The script failed",
    meaning: "It threw an error, or what it gave back is not JSON. Scripts change nothing in other systems.",
    advice: "The message is the script's own; try it in the designer with the input of this run.",
  },
  "script-timed-out": {
    title: "The script took too long",
    meaning: "It was ended at its time limit. Scripts change nothing in other systems.",
    advice: "Look for a loop that does not end, or give it less to work on.",
  },
  "script-out-of-memory": {
    title: "The script needed too much memory",
    meaning: "It was ended at its memory limit. Scripts change nothing in other systems.",
    advice: "Give it less to work on, or go through the list with for-each.",
  },
  "unknown-playbook": {
    title: "The playbook is not there",
    meaning: `The step calls a playbook that was removed or was never published. ${asked}`,
    advice: "Choose another in the step, or publish it; then run again from here.",
  },
  "unknown-run": { title: "The run is not there", meaning: "It was deleted, or never existed.", advice: "Look for it in Runs; old runs are deleted by the playbook's retention." },
  "unknown-step": {
    title: "The step is not there",
    meaning: "The version that runs has no step of this name.",
    advice: "Open the run anew; it may have been started with another version.",
  },
  "run-ended": { title: "The run is over", meaning: "It ended before this reached it, and nothing was changed.", advice: "Run it again from a step if it should go on." },
  "run-not-ended": { title: "The run still goes on", meaning: "This can be done only when it is over.", advice: "Wait for its end, or cancel it first." },
  "ask-closed": { title: "The question is closed", meaning: "Somebody has answered it, or its time is over.", advice: "See in the run who answered, and what." },
  "invalid-answer": {
    title: "That is not one of the answers",
    meaning: "The answer, or one of its fields, does not fit the question.",
    advice: "Correct the field that is named.",
  },
  "not-in-doubt": { title: "It is no longer in doubt", meaning: "Somebody has decided, or the result came after all.", advice: "See in the run what was decided." },
  "call-too-deep": {
    title: "Playbooks call each other too deep",
    meaning: "Each called run called another, down to the limit; nearly always a playbook calls itself without an end.",
    advice: "See in the library who calls whom, and break the circle.",
  },
  "queue-full": {
    title: "The server has too much to do",
    meaning: "So much work waits that no more is taken for now.",
    advice: "Try again in a minute; if it happens often, add a worker or lower what runs at once.",
  },
  "store-unavailable": {
    title: "The store takes no changes",
    meaning: "The disk is full or the database is away. What was not stored has not happened; calls that may have been sent are in doubt afterwards.",
    advice: "An administrator should look at disk and database at once; runs go on by themselves when it is back.",
  },
  stopped: { title: "The server is stopping", meaning: "It takes no more work, and finishes what it has.", advice: "Try again when it is back; open runs go on by themselves." },
};

const other: RunErrorText = {
  title: "It failed",
  meaning: "The code of this error comes from the other system or from a newer version.",
  advice: "The message says what is known.",
};

/** What an error code means; a code that is not ours has a text as well. */
export function runErrorText(code: string): RunErrorText {
  return Object.hasOwn(texts, code) ? texts[code as RunErrorCode] : other;
}
