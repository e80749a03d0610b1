// An order of the shop as an invoice of the books, in JavaScript: JSON lines in, JSON lines out.
//
//     verifier map test scenarios/acme-shop/order-to-invoice.mapping.yaml --command "node scenarios/acme-shop/implementations/sound.mjs"

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { Exact, parse, write } from "./exact.mjs";

const DIGITS = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KWD: 3 };
const STATUS = { pending: "DRAFT", on_hold: "DRAFT", processing: "SUBMITTED", complete: "AUTHORISED", cancelled: "VOIDED" };
const SPACES = "[\\t\\n\\v\\f\\r \\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff]+";
const ENDS = new RegExp(`^${SPACES}|${SPACES}$`, "g");
const CLUSTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
const PARIS = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Paris", hourCycle: "h23", era: "short",
  year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
});
const DAY = 86400000;
const FIRST = Date.parse("0001-01-01T00:00:00Z");
const LAST = Date.parse("9999-12-31T23:59:59Z");
// The numbering plans of the countries where the shop sells.
const PLANS = { 33: /^[1-79]\d{8}$/, 39: /^(0\d{5,10}|3\d{8,9})$/, 44: /^(20[378]\d{7}|7[1-57-9]\d{8})$/, 1: /^[2-9]\d{2}[2-9]\d{6}$/, 250: /^7[2389]\d{7}$/, 81: /^[1-9]\d{8,9}$/, 49: /^(30\d{6,9}|1[5-7]\d{8,9})$/ };

export class Withheld extends Error {
  constructor(kind, says) {
    super(says);
    this.kind = kind;
  }
}
const rejected = (says) => new Withheld("rejected", says);
const quarantined = (says) => new Withheld("quarantined", says);
const escalated = (says) => new Withheld("escalated", says);

export class Mapper {
  static noNames = ["N/A", "Guest"];
  static noEmails = ["none@example.com"];

  missing(value) {
    return value === undefined || value === null || (typeof value === "string" && this.trim(value) === "");
  }

  trim(text) {
    return text.replace(ENDS, "");
  }

  clean(text) {
    return this.trim(text.normalize("NFC"));
  }

  need(record, name) {
    const value = record[name];
    if (this.missing(value)) throw rejected(`${name} is missing`);
    return value;
  }

  text(value, name) {
    if (typeof value !== "string") throw quarantined(`${name} is no text`);
    return value;
  }

  number(value, name) {
    if (!(value instanceof Exact)) throw quarantined(`${name} is no number`);
    return value;
  }

  truth(value, name) {
    if (typeof value !== "boolean") throw quarantined(`${name} is neither true nor false`);
    return value;
  }

  length(text, unit) {
    return unit === "utf16" ? text.length : [...text].length;
  }

  cut(text, longest, unit = "code points") {
    if (this.length(text, unit) <= longest) return text;
    let kept = "";
    for (const { segment } of CLUSTERS.segment(text)) {
      if (this.length(kept + segment, unit) > longest) break;
      kept += segment;
    }
    return kept;
  }

  currency(order) {
    const code = this.text(this.need(order, "currency"), "currency");
    if (!Object.hasOwn(DIGITS, code)) throw quarantined(`'${code}' is no currency of ours`);
    return code;
  }

  minor(amount, currency) {
    const places = DIGITS[currency];
    const minor = amount.rounded(places).digits;
    if (minor < -(2n ** 63n) || minor >= 2n ** 63n) throw quarantined("the amount has no room in the books");
    return minor;
  }

  lineAmount(price, quantity, currency) {
    return this.minor(price.times(quantity), currency);
  }

  offset(instant) {
    const parts = Object.fromEntries(PARIS.formatToParts(instant).map(({ type, value }) => [type, value]));
    const local = new Date(0);
    const year = parts.era === "BC" || parts.era === "B" ? 1 - Number(parts.year) : Number(parts.year);
    local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
    local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
    return local.getTime() - Math.floor(instant / 1000) * 1000;
  }

  placed(order) {
    const text = this.text(this.need(order, "created_at"), "created_at");
    const found = /^([0-9]{2})\/([0-9]{2})\/([0-9]{4}) ([0-9]{2}):([0-9]{2})$/.exec(text);
    if (!found) throw quarantined(`'${text}' is no time of ours`);
    const [day, month, year, hour, minute] = found.slice(1).map(Number);
    const local = this.calendar(year, month, day, hour, minute);
    if (local === undefined) throw quarantined(`'${text}' is no time`);
    const instant = this.instant(local);
    if (instant < FIRST || instant > LAST) throw quarantined(`'${text}' is out of all time`);
    return instant;
  }

  calendar(year, month, day, hour, minute) {
    const made = new Date(0);
    made.setUTCFullYear(year, month - 1, day);
    made.setUTCHours(hour, minute);
    const same = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
    return year >= 1 && same && hour < 24 && minute < 60 ? made.getTime() : undefined;
  }

  // The first of two where the clock is put back; where it is put forward, as far after the change as it says.
  instant(local) {
    const before = local - this.offset(local - DAY);
    const after = local - this.offset(local + DAY);
    if (this.offset(before) === local - before) return before;
    return this.offset(after) === local - after ? after : before;
  }

  day(instant) {
    return instant + this.offset(instant);
  }

  due(instant) {
    const day = this.day(instant) + 30 * DAY;
    if (day > LAST) throw quarantined("it would be due after the end of time");
    return day;
  }

  written(local) {
    return new Date(local).toISOString().slice(0, 10);
  }

  milliseconds(instant) {
    return BigInt(instant);
  }

  status(order) {
    const status = this.text(this.need(order, "status"), "status");
    if (status === "refunded") throw escalated("a refund needs a credit note");
    if (!Object.hasOwn(STATUS, status)) throw escalated(`nobody has said what '${status}' becomes`);
    return STATUS[status];
  }

  fulfilment(order) {
    const paid = this.truth(this.need(order, "paid"), "paid");
    const shipped = this.truth(this.need(order, "shipped"), "shipped");
    if (paid) return shipped ? "DONE" : "PREPAID";
    return shipped ? "ON_ACCOUNT" : "OPEN";
  }

  tax(order) {
    const included = this.truth(this.need(order, "prices_include_tax"), "prices_include_tax");
    return included ? "Inclusive" : "Exclusive";
  }

  isObject(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Exact);
  }

  name(order, buyer) {
    const billing = this.isObject(order.billing) ? order.billing : {};
    const { noNames, noEmails } = this.constructor;
    for (const [value, nothing] of [[buyer.full_name, noNames], [billing.name, noNames], [buyer.email, noEmails]]) {
      if (this.missing(value) || nothing.includes(value)) continue;
      return this.cut(this.clean(this.text(value, "name")), 50, "utf16");
    }
    throw quarantined("nobody says who buys");
  }

  email(buyer) {
    const value = buyer.email;
    if (this.missing(value) || typeof value !== "string" || this.constructor.noEmails.includes(value)) return undefined;
    const text = this.clean(value).toLowerCase();
    const [local, domain, ...more] = text.split("@");
    if (more.length || !local || !domain || text.length > 254 || local.length > 64) return undefined;
    if (!/^[\x21-\x7e]+$/.test(text) || /["(),:;<>[\\\]]/.test(text)) return undefined;
    if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) return undefined;
    const labels = domain.split(".");
    const sound = labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label));
    return labels.length > 1 && sound ? text : undefined;
  }

  phone(buyer) {
    const value = buyer.phone;
    if (this.missing(value) || typeof value !== "string") return undefined;
    const plain = this.trim(value.normalize("NFKC")).replace(/[\s,;]*(?:;?ext[.=]?|x|#)\s*\d{1,7}$/i, "");
    const digits = plain.replace(/[^0-9]/g, "");
    if (/[^-+0-9().\/ \u2010-\u2015\u00a0]/.test(plain) || digits.length < 3) return undefined;
    const abroad = /^\+|^00/.exec(plain);
    if (!abroad) return this.planned("33", digits);
    const whole = digits.slice(abroad[0] === "00" ? 2 : 0);
    const code = Object.keys(PLANS).find((known) => whole.startsWith(known));
    return code && this.planned(code, whole.slice(code.length));
  }

  planned(code, national) {
    const number = code === "39" ? national : national.replace(/^0/, "");
    return PLANS[code].test(number) ? `+${code}${number}` : undefined;
  }

  postcode(buyer) {
    if (this.missing(buyer.zip)) return undefined;
    const text = this.trim(this.text(buyer.zip, "zip"));
    return this.length(text) <= 10 ? text : undefined;
  }

  country(buyer) {
    return typeof buyer.country === "string" && /^[A-Z]{2}$/.test(buyer.country) ? buyer.country : undefined;
  }

  contact(order) {
    const buyer = this.isObject(order.customer) ? order.customer : {};
    return {
      Name: this.name(order, buyer),
      EmailAddress: this.email(buyer),
      Phone: this.phone(buyer),
      PostalCode: this.postcode(buyer),
      Country: this.country(buyer),
    };
  }

  lines(order, currency) {
    const lines = order.lines;
    if (lines === undefined || lines === null || (Array.isArray(lines) && lines.length === 0)) throw quarantined("there are no lines");
    if (!Array.isArray(lines)) throw quarantined("lines are no list");
    return lines.map((line) => this.line(line, currency));
  }

  line(line, currency) {
    if (line === null) throw rejected("a line is missing");
    if (!this.isObject(line)) throw quarantined("a line is no object");
    const quantity = this.quantity(line);
    const price = this.number(this.need(line, "unit_price"), "unit_price");
    const sku = this.text(this.need(line, "sku"), "sku");
    if (this.length(sku) > 30) throw quarantined("the sku is too long");
    return {
      ItemCode: sku,
      Description: this.missing(line.title) ? undefined : this.cut(this.clean(this.text(line.title, "title")), 60),
      Quantity: quantity,
      LineMinor: this.lineAmount(price, quantity, currency),
    };
  }

  quantity(line) {
    const exact = this.number(this.need(line, "qty"), "qty");
    if (!exact.isWhole() || exact.digits <= 0n) throw quarantined("the quantity is no whole number from 1");
    return exact.rounded(0);
  }

  number_of(order) {
    const number = `SHOP-${this.text(this.need(order, "id"), "id")}`;
    if (this.length(number) > 20) throw quarantined("the number is too long");
    return number;
  }

  discount(order) {
    if (!(order.discount instanceof Exact)) return undefined;
    const percent = this.percent(order.discount);
    const high = percent.digits > 100n * 10n ** BigInt(percent.scale);
    return percent.digits < 0n || high ? undefined : percent;
  }

  percent(share) {
    return share.times(Exact.read("100"));
  }

  weight(order) {
    if (this.missing(order.weight_lb)) return undefined;
    const pounds = this.number(order.weight_lb, "weight_lb");
    const kilograms = pounds.times(Exact.read("0.45359237")).rounded(3);
    if (kilograms.digits < 0n) throw quarantined("the parcel weighs less than nothing");
    return kilograms;
  }

  reference(order) {
    return this.missing(order.note) ? undefined : this.cut(this.clean(this.text(order.note, "note")), 40);
  }

  reconciled(invoice) {
    const sum = invoice.LineItems.reduce((total, line) => total + line.LineMinor, 0n);
    const apart = invoice.AmountMinor > sum ? invoice.AmountMinor - sum : sum - invoice.AmountMinor;
    if (apart > BigInt(invoice.LineItems.length)) throw quarantined("the lines do not add up to the total");
  }

  map(order) {
    if (!this.isObject(order)) throw rejected("that is no order");
    const placed = this.placed(order);
    const currency = this.currency(order);
    const invoice = {
      InvoiceNumber: this.number_of(order),
      Status: this.status(order),
      CurrencyCode: currency,
      AmountMinor: this.minor(this.number(this.need(order, "total"), "total"), currency),
      LineAmountTypes: this.tax(order),
      DiscountPercent: this.discount(order),
      WeightKg: this.weight(order),
      Date: this.written(this.day(placed)),
      DueDate: this.written(this.due(placed)),
      PlacedAt: this.milliseconds(placed),
      Fulfilment: this.fulfilment(order),
      Contact: this.contact(order),
      Reference: this.reference(order),
      LineItems: this.lines(order, currency),
    };
    this.reconciled(invoice);
    return invoice;
  }
}

export function answer(mapper, line) {
  const { id, op, record } = parse(line);
  if (op !== "map") return write({ id, unable: true });
  try {
    return write({ id, target: mapper.map(record) });
  } catch (error) {
    if (error instanceof Withheld) return write({ id, error: { kind: error.kind, says: error.message } });
    return write({ id, error: { kind: error.name, says: error.message } });
  }
}

export function serve(mapper) {
  createInterface({ input: process.stdin }).on("line", (line) => process.stdout.write(`${answer(mapper, line)}\n`));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) serve(new Mapper());
