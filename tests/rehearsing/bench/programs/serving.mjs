// The same as a service: it is told by POST /sync, and answers when everything is done.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function write(order) {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    try {
      const answer = await fetch(process.env.ACME_URL + "/invoices", {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(3000),
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
      if (answer.ok) {
        if ((await answer.json()).id) return;
      } else if (answer.status < 500 && answer.status !== 429) {
        throw new Error(`refused with ${answer.status}`, { cause: "refused" });
      }
      const value = answer.headers.get("retry-after") ?? "0";
      const told = Number.isNaN(Number(value)) ? (Date.parse(value) - Date.now()) / 1000 + 0.05 : Number(value);
      if (told > 10) break;
      if (told > 0) await sleep(told * 1000);
    } catch (error) {
      if (error.cause === "refused") throw error;
      console.error("WARNING:", error.message);
    }
    if (attempt < 3) await sleep((0.5 + Math.random() / 2) * 160 * 2 ** attempt);
  }
  throw new Error("no success");
}

createServer(async (request, response) => {
  if (request.url !== "/sync") return response.end("ok");
  let failed = 0;
  for (const line of readFileSync("orders.jsonl", "utf8").split("\n").filter(Boolean)) {
    try {
      await write(JSON.parse(line));
    } catch (error) {
      failed += 1;
      console.error("ERROR:", error.message);
    }
  }
  response.statusCode = failed ? 502 : 200;
  response.end();
}).listen(Number(process.env.PORT), "127.0.0.1");
