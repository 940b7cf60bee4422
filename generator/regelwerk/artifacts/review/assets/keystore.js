// The one key of this browser: made here, kept in IndexedDB, never to be read out again.

const ALGORITHM = "Ed25519";
const DATABASE = "regelwerk-approval";
const STORE = "keys";
const NAME = "mine";

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function opened() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answered(request);
}

/** Do one thing to the store, and wait until it is kept. */
async function stored(mode, action) {
  const database = await opened();
  try {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const kept = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const answer = await answered(action(transaction.objectStore(STORE)));
    await kept;
    return answer;
  } finally {
    database.close();
  }
}

/** The key pair and its 32 public bytes; undefined where there is none. */
async function readKey() {
  const pair = await stored("readonly", (store) => store.get(NAME));
  if (pair === undefined) return undefined;
  const bytes = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { pair, bytes };
}

/** Make a key, unless another window has made one meanwhile; either is then read back. */
async function makeKey() {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
  try {
    await stored("readwrite", (store) => store.add(pair, NAME));
  } catch (error) {
    if (error.name !== "ConstraintError") throw error;
  }
  await navigator.storage?.persist?.().catch(() => false);
  return readKey();
}

const deleteKey = () => stored("readwrite", (store) => store.delete(NAME));

async function signWith(pair, bytes) {
  const made = new Uint8Array(await crypto.subtle.sign(ALGORITHM, pair.privateKey, bytes));
  if (!(await crypto.subtle.verify(ALGORITHM, pair.publicKey, made, bytes))) {
    throw new Error("the key does not verify its own signature");
  }
  return made;
}

/** Whether this browser has Ed25519 at all. */
async function canSign() {
  try {
    await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
    return true;
  } catch {
    return false;
  }
}
