// SHA-256, by the browser where it lends its own to pages without a server, else by hand.
const ROUND = [];
const START = [];
for (let candidate = 2; ROUND.length < 64; candidate += 1) {
  let prime = true;
  for (let factor = 2; factor * factor <= candidate; factor += 1) if (candidate % factor === 0) prime = false;
  if (!prime) continue;
  const fraction = (root) => ((candidate ** root % 1) * 2 ** 32) >>> 0;
  if (START.length < 8) START.push(fraction(1 / 2));
  ROUND.push(fraction(1 / 3));
}

function digestByHand(bytes) {
  const size = ((bytes.length + 72) >> 6) << 6;
  const padded = new Uint8Array(size);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(size - 4, bytes.length << 3);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const state = START.slice();
  const w = new Uint32Array(64);
  for (let at = 0; at < size; at += 64) {
    for (let i = 0; i < 64; i += 1) {
      const [a, b] = [w[i - 15], w[i - 2]];
      w[i] = i < 16 ? view.getUint32(at + 4 * i)
        : w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, k, l] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (l + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & k)) + ROUND[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, k, l] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, k];
    }
    [a, b, c, d, e, f, k, l].forEach((word, i) => { state[i] = (state[i] + word) | 0; });
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

const hexOf = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
const isByHand = () => !globalThis.crypto?.subtle;

async function digestOf(bytes) {
  return isByHand() ? digestByHand(bytes) : hexOf(await crypto.subtle.digest("SHA-256", bytes));
}

// HMAC-SHA256 (RFC 2104) by hand: two rounds of the digest, the key mixed with two constants.
function hmacByHand(key, message) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? bytesOf(digestByHand(key)) : key);
  const round = (mask, rest) => digestByHand(Uint8Array.from([...block.map((byte) => byte ^ mask), ...rest]));
  return round(0x5c, bytesOf(round(0x36, message)));
}

// The function that gives the HMAC of bytes under a key.
async function keyedBy(key) {
  if (isByHand() || key.length === 0) return async (bytes) => hmacByHand(key, bytes);
  const held = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (bytes) => hexOf(await crypto.subtle.sign("HMAC", held, bytes));
}

// Spans and sentences of an article are digested plainly or, so that nobody guesses a few words,
// under a key that the whole text gives.
async function digesterOf(text, digestKey) {
  if (digestKey !== "text") return digestOfText;
  const key = bytesOf(await (await keyedBy(encoder.encode(text)))(encoder.encode("qantar span 1")));
  const keyed = await keyedBy(key);
  return (span) => keyed(encoder.encode(span));
}

const encoder = new TextEncoder();
const digestOfText = (text) => digestOf(encoder.encode(text));
