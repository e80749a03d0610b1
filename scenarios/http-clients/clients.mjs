// One request by a well-known HTTP client, as its documentation shows it: clients.mjs NAME METHOD.
const url = process.env.ACME_URL;
const token = process.env.ACME_TOKEN;
const headers = { Authorization: "Bearer " + token };
const path = { GET: "/customers", POST: "/invoices" };
const body = {
  customer_id: "cus-ada",
  total: { amount: "12.50", currency: "EUR" },
  reference: "A-1001",
};

const clients = {
  async fetch(method) {
    const answer = await fetch(url + path[method], {
      method,
      headers: { ...headers, "Content-Type": "application/json" },
      ...(method === "POST" ? { body: JSON.stringify(body) } : {}),
    });
    await answer.json();
  },
  async got(method) {
    const { default: got } = await import("got");
    await got(url + path[method], { method, headers, ...(method === "POST" ? { json: body } : {}) }).json();
  },
  async ky(method) {
    const { default: ky } = await import("ky");
    await ky(url + path[method], { method, headers, ...(method === "POST" ? { json: body } : {}) }).json();
  },
  async "axios-retry"(method) {
    const { default: axios } = await import("axios");
    const { default: axiosRetry } = await import("axios-retry");
    axiosRetry(axios, { retries: 3 });
    await axios({ method, url: url + path[method], headers, ...(method === "POST" ? { data: body } : {}) });
  },
  async "axios-retry-exponential"(method) {
    const { default: axios } = await import("axios");
    const { default: axiosRetry } = await import("axios-retry");
    axiosRetry(axios, { retries: 3, retryDelay: axiosRetry.exponentialDelay });
    await axios({ method, url: url + path[method], headers, ...(method === "POST" ? { data: body } : {}) });
  },
  async stripe(method) {
    const { default: Stripe } = await import("stripe");
    const { hostname, port } = new URL(url);
    const stripe = new Stripe(token, { host: hostname, port, protocol: "http" });
    await stripe.rawRequest(method, path[method]);
  },
};

await clients[process.argv[2]](process.argv[3]);
