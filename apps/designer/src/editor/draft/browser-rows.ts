import type { KeptRow, KeptRows } from "./kept-edits.ts";

const table = "edits";
let opened: Promise<IDBDatabase> | null = null;

const answer = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser keeps nothing."));
  });

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("drawbridge-unsaved", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: ["person", "playbook", "tab"] });
    answer(request).then((database) => {
      database.onclose = () => (opened = null);
      database.onversionchange = () => database.close();
      resolve(database);
    }, reject);
  });
  opened.catch(() => (opened = null));
  return opened;
}

/** Commits at once: what was asked for is done even when the tab is killed the next moment. */
async function change(work: (edits: IDBObjectStore) => void): Promise<void> {
  const transaction = (await open()).transaction(table, "readwrite");
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The browser keeps nothing."));
  });
  work(transaction.objectStore(table));
  transaction.commit();
  await done;
}

/** Rows in the browser's own database, in the order in which they are asked for. */
export const browserRows: KeptRows = {
  put: (row) => change((edits) => edits.put(row)),
  remove: (person, playbook, tab) => change((edits) => edits.delete([person, playbook, tab])),
  list: async (person, playbook) => {
    const edits = (await open()).transaction(table, "readonly").objectStore(table);
    return answer(edits.getAll(IDBKeyRange.bound([person, playbook], [person, playbook, []])) as IDBRequest<KeptRow[]>);
  },
};
