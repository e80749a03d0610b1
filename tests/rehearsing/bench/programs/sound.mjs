// Writes an invoice for every order of a file; each is done, rejected, or tried again by the next run.
import { appendFileSync, existsSync, readFileSync } from "node:fs";

const ATTEMPTS = 4;
const LONGEST_WAIT_MS = 10_000;
const TIMEOUT_MS = 3_000;
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
class Later extends Error {}
class Never extends Error {}

function told(value) {
  if (value === null || value.trim() === "") return null;
  if (Number.isFinite(Number(value))) return Math.max(0, Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now()) + 50;
}

async function send(order) {
  for (const name of ["customer", "total"]) {
    if (!(name in order)) throw new Never(`the order has no ${name}`);
  }
  let answer;
  let made;
  try {
    answer = await fetch(process.env.ACME_URL + "/invoices", {
      method: "POST",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        Authorization: "Bearer " + process.env.ACME_TOKEN,
        "Content-Type": "application/json",
        "Idempotency-Key": "invoice-" + order.id,
      },
      body: JSON.stringify({
        customer_id: order.customer,
        total: { amount: order.total, currency: "EUR" },
        reference: order.id,
      }),
    });
    if (answer.headers.get("deprecation")) console.error("WARNING: deprecated:", answer.url);
    made = answer.ok ? await answer.json() : await answer.text();
  } catch (error) {
    console.error("WARNING:", error.name, error.message);
    return { wait: null };
  }
  if (AGAIN.has(answer.status)) return { wait: told(answer.headers.get("retry-after")) };
  if (answer.status === 401 || answer.status === 403) throw new Later("the credential is refused");
  if (!answer.ok) throw new Never(`it answers ${answer.status}`);
  return made?.reference === order.id ? null : { wait: null };
}

async function write(order) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const refused = await send(order);
    if (refused === null) return;
    if (attempt + 1 === ATTEMPTS) break;
    if (refused.wait !== null && refused.wait > LONGEST_WAIT_MS) throw new Later("the wait is too long");
    await sleep(Math.max(refused.wait ?? 0, (0.5 + Math.random() / 2) * 300 * 2 ** attempt));
  }
  throw new Later(`no success in ${ATTEMPTS} attempts`);
}

const lines = (name) => readFileSync(name, "utf8").split("\n").filter((line) => line.trim());
const known = (name) => (existsSync(name) ? lines(name).map((line) => JSON.parse(line).id) : []);
const note = (name, order, why = "") => appendFileSync(name, JSON.stringify({ ...order, why }) + "\n");

const over = new Set([...known("done.jsonl"), ...known("rejected.jsonl")]);
for (const order of lines("orders.jsonl").map((line) => JSON.parse(line))) {
  if (over.has(order.id)) continue;
  try {
    await write(order);
    note("done.jsonl", order);
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Never) {
      note("rejected.jsonl", order, error.message);
      console.error("ERROR: order", order.id, "is rejected:", error.message);
    } else {
      console.error("ERROR: stopped at order", order.id, error.message);
      break;
    }
  }
}
