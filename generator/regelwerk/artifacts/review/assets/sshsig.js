// SSH signatures as ssh-keygen writes them (OpenSSH, PROTOCOL.sshsig), over a statement in
// canonical JSON (RFC 8785). Pure: bytes in, bytes out; the caller brings `sign`.

const KEY_TYPE = "ssh-ed25519";
const utf8 = (text) => new TextEncoder().encode(text);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function number(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Strings in SSH's own form: each with its length before it. */
const packed = (...strings) => joined(...strings.flatMap((one) => [number(one.length), one]));

const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

const keyBlob = (publicKey) => packed(utf8(KEY_TYPE), publicKey);

/** The public key as people.yaml holds it. */
const keyLine = (publicKey) => `${KEY_TYPE} ${base64(keyBlob(publicKey))}`;

/** The fingerprint that `ssh-keygen -l` shows. */
async function fingerprint(publicKey) {
  const hashed = await crypto.subtle.digest("SHA-256", keyBlob(publicKey));
  return `SHA256:${base64(new Uint8Array(hashed)).replace(/=+$/, "")}`;
}

/**
 * The statement's canonical JSON: keys in order, no blanks, strings as ECMAScript writes them. Its
 * values are strings, true and null only, for which this is all that RFC 8785 asks.
 */
function canonical(statement) {
  const pairs = Object.keys(statement)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(statement[key])}`);
  return `{${pairs.join(",")}}`;
}

/** The armoured signature of a text; `sign` gives the 64 bytes of an Ed25519 signature. */
async function signature(text, publicKey, namespace, sign) {
  const hashed = new Uint8Array(await crypto.subtle.digest("SHA-512", utf8(text)));
  const purpose = [utf8(namespace), new Uint8Array(0), utf8("sha512")];
  const made = await sign(joined(utf8("SSHSIG"), packed(...purpose, hashed)));
  const blob = joined(
    utf8("SSHSIG"),
    number(1),
    packed(keyBlob(publicKey), ...purpose, packed(utf8(KEY_TYPE), made)),
  );
  const lines = base64(blob).match(/.{1,70}/g);
  return `-----BEGIN SSH SIGNATURE-----\n${lines.join("\n")}\n-----END SSH SIGNATURE-----\n`;
}
