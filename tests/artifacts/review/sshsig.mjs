// Signs every statement of standard input with the page's own script; one JSON line for each.
import { readFileSync } from "node:fs";

const [script] = process.argv.slice(2);
const parts = ["canonical", "signature", "keyLine", "fingerprint"];
const { canonical, signature, keyLine, fingerprint } = new Function(
  `${readFileSync(script, "utf-8")}; return {${parts}};`,
)();
const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
const sign = async (bytes) =>
  new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, bytes));

for (const statement of JSON.parse(readFileSync(0, "utf-8"))) {
  const text = canonical(statement);
  const made = await signature(text, key, "regelwerk-approval@v1", sign);
  const line = { text, signature: made, key: keyLine(key), fingerprint: await fingerprint(key) };
  console.log(JSON.stringify(line));
}
