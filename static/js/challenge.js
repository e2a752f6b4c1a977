/* Does the proof of work that the form asks of a suspicious sender (ALTCHA's protocol, version 2), and says how far it is.
   Where it cannot, the plain question stays as it was. */
const box = document.querySelector("[data-challenge]");

const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function derive({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(bytes(nonce));
  new DataView(password.buffer).setUint32(nonce.length / 2, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

async function solve(challenge) {
  const began = performance.now();
  for (let counter = 0; ; counter += 1) {
    const derivedKey = await derive(challenge.parameters, counter);
    if (derivedKey.startsWith(challenge.parameters.keyPrefix)) {
      const time = Math.round(performance.now() - began);
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey, time } }));
    }
  }
}

async function work() {
  const status = box.querySelector("[data-challenge-status]");
  const question = box.querySelector("[data-challenge-question]");
  const form = box.closest("form");
  let done = false;
  let waiting;
  /* Before any other script of the form hears of it: to them nothing is sent yet. */
  const hold = (event) => {
    if (done || event.target !== form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = event.submitter || null;
  };
  document.addEventListener("submit", hold, true);
  question.hidden = true;
  status.hidden = false;
  status.textContent = box.dataset.working;
  try {
    box.querySelector("[data-challenge-solution]").value = await solve(JSON.parse(box.dataset.challenge));
    status.textContent = box.dataset.done;
  } catch {
    question.hidden = false;
    status.hidden = true;
    waiting = undefined;
  }
  done = true;
  if (waiting !== undefined) form.requestSubmit(waiting);
}

if (box && window.crypto && crypto.subtle && HTMLFormElement.prototype.requestSubmit) work();
