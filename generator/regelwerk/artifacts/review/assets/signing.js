// The box: the key, who signs what, exactly what is signed, and the file to send in.

const data = JSON.parse(document.getElementById("data").textContent);
const { words, candidates } = data;
const at = (id) => document.getElementById(id);
const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const show = (id, shown) => {
  at(id).hidden = !shown;
};

const LONGEST = 20000;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

let key;
let prepared;

/** What is wrong, below the fields that it is about; nothing where `text` is empty. */
function complain(id, text, field) {
  at(id).textContent = text;
  show(id, text !== "");
  for (const one of ["who", "comment"]) at(one).removeAttribute("aria-invalid");
  if (field) {
    at(field).setAttribute("aria-invalid", "true");
    at(field).focus();
  }
}

function offer(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const chosen = () => candidates[at("who").selectedIndex - 1];

function tellOwner() {
  const line = keyLine(key.bytes);
  const owner = Object.hasOwn(data.keys, line) ? data.keys[line] : undefined;
  const signer = chosen();
  let told = words.key_unknown;
  if (owner !== undefined) told = say(words.key_enrolled, { name: owner.name });
  const foreign = owner !== undefined && signer !== undefined && signer.by !== owner.by;
  if (foreign) told = say(words.key_other, { name: signer.name, owner: owner.name });
  at("key-whose").textContent = told;
  at("key-whose").classList.toggle("wrong", foreign);
  return owner;
}

async function showKey() {
  key = await readKey();
  show("key-none", key === undefined);
  show("key-there", key !== undefined);
  show("key-sure", false);
  show("sign-box", key !== undefined && candidates.length > 0);
  forget();
  if (key === undefined) return;
  at("key-line").value = keyLine(key.bytes);
  at("key-fingerprint").textContent = await fingerprint(key.bytes);
  const owner = tellOwner();
  const own = candidates.findIndex((one) => one.by === owner?.by);
  if (own >= 0 && at("who").selectedIndex <= 0) at("who").selectedIndex = own + 1;
  tellRole();
}

function tellRole() {
  const signer = chosen();
  show("role-line", Boolean(signer?.role));
  const title = signer?.role_title ?? "";
  at("role").textContent = signer?.deputy ? say(words.deputy, { role: title }) : title;
}

/** What was prepared or signed is of other entries than those that stand there now. */
function forget() {
  prepared = undefined;
  show("look", false);
  show("done", false);
  complain("sign-wrong", "");
}

/** The moment with the offset of this device: 2026-05-12T10:00:00+02:00. */
function moment(date) {
  const two = (value) => String(value).padStart(2, "0");
  const offset = -date.getTimezoneOffset();
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${day}T${time}${offset < 0 ? "-" : "+"}${two(hours)}:${two(minutes)}`;
}

function prepare() {
  forget();
  const signer = chosen();
  if (signer === undefined) return complain("act-wrong", words.who_missing, "who");
  const comment = at("comment").value.trim();
  if (comment.length > LONGEST || CONTROL.test(comment) || !comment.isWellFormed()) {
    return complain("act-wrong", words.comment_wrong, "comment");
  }
  complain("act-wrong", "");
  const statement = {
    at: moment(new Date()),
    by: signer.by,
    comment: comment === "" ? null : comment,
    deputy: signer.deputy ? true : null,
    digest: data.digest,
    effective_from: data.effective_from,
    process: data.process,
    role: signer.role,
    stage: data.stage,
    version: data.version,
  };
  prepared = { statement, text: canonical(statement) };
  const facts = Object.entries(statement).map(([name, value]) => {
    const [row, term, told] = ["div", "dt", "dd"].map((tag) => document.createElement(tag));
    term.textContent = name;
    told.textContent = value === null ? "\u2013" : String(value);
    row.append(term, told);
    return row;
  });
  at("facts").replaceChildren(...facts);
  at("statement").textContent = prepared.text;
  show("look", true);
  at("look").focus();
  return undefined;
}

async function sign() {
  const current = prepared;
  try {
    const made = await signature(current.text, key.bytes, data.namespace, (bytes) =>
      signWith(key.pair, bytes),
    );
    if (current !== prepared) return;
    const { statement } = current;
    const format = "regelwerk-signature/1";
    current.file = `${JSON.stringify({ format, statement, signature: made }, null, 2)}\n`;
    current.name = `${data.process}-${data.version}-${data.stage}-${statement.by}.json`;
  } catch (error) {
    complain("sign-wrong", say(words.failed, { reason: String(error.message ?? error) }));
    return;
  }
  at("file-text").value = current.file;
  at("command").textContent =
    `regelwerk versions sign ${data.process} ${data.version} --from ${current.name}`;
  show("done", true);
  at("done").focus();
}

/** Something is done to the key; what goes wrong there means that none can be kept. */
const withKey = (action, told, focus) => async () => {
  try {
    await action();
    await showKey();
    at("key-said").textContent = told;
    at(focus).focus();
  } catch {
    refuse(words.no_store);
  }
};

function refuse(reason) {
  show("box", false);
  at("unable").textContent = reason;
  show("unable", true);
}

function listen() {
  const onClick = (id, action) => at(id).addEventListener("click", action);
  onClick("key-make", withKey(makeKey, words.key_made, "key-line"));
  onClick("key-save", () => offer("approval-key.pub", "text/plain", `${keyLine(key.bytes)}\n`));
  onClick("key-delete", () => {
    show("key-sure", true);
    at("key-delete-no").focus();
  });
  onClick("key-delete-no", () => {
    show("key-sure", false);
    at("key-delete").focus();
  });
  onClick("key-delete-yes", withKey(deleteKey, words.key_deleted, "key-make"));
  onClick("show", prepare);
  onClick("sign", sign);
  onClick("save", () => offer(prepared.name, "application/json", prepared.file));
  at("comment").addEventListener("input", forget);
  at("who").addEventListener("change", () => {
    forget();
    tellRole();
    tellOwner();
  });
}

async function begin() {
  for (const one of candidates) at("who").append(new Option(one.name, one.by));
  if (!(await canSign())) return refuse(words.no_crypto);
  listen();
  try {
    await showKey();
    show("box", true);
  } catch {
    refuse(words.no_store);
  }
  return undefined;
}

begin();
