// A contact of the CRM and a customer of the shop, both ways, in JavaScript: JSON lines in, JSON lines out.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const STATUS = new Map([["lead", "prospect"], ["active", "enabled"], ["churned", "disabled"], ["do_not_contact", "disabled"]]);
const LIFECYCLE = new Map([["prospect", "lead"], ["enabled", "active"], ["disabled", "churned"]]);
const NOBODY = ["info@example.com", "noreply@example.com"];
const PARTICLES = new Set("af al av bin da de del della den der di dos du el ibn la le ten ter van von zu zur".split(" "));
const SUFFIXES = new Set("jr jr. sr sr. ii iii iv phd ph.d. md m.d. esq esq.".split(" "));
const SPACE = "[\\t\\n\\v\\f\\r \\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff]+";
const SPACES = new RegExp(SPACE, "g");
const ENDS = new RegExp(`^${SPACE}|${SPACE}$`, "g");
// The numbering plans of the countries where our contacts live; groups for how people there write a number.
const PLANS = {
  1: { sound: /^[2-9]\d{2}[2-9]\d{6}$/, groups: [3, 3, 4] },
  33: { sound: /^[1-79]\d{8}$/, groups: [1, 2, 2, 2, 2] },
  39: { sound: /^(0\d{5,10}|3\d{8,9})$/, groups: [2, 4, 4] },
  44: { sound: /^(20[378]\d{7}|7[1-57-9]\d{8})$/, groups: [2, 4, 4] },
  250: { sound: /^7[2389]\d{7}$/, groups: [3, 3, 3] },
};

class Withheld extends Error {
  constructor(kind, says) {
    super(says);
    this.kind = kind;
  }
}

export class Sync {
  missing(value) {
    return value === undefined || value === null || (typeof value === "string" && value.replace(ENDS, "") === "");
  }

  text(value) {
    if (typeof value !== "string") throw new Withheld("quarantined", "that is no text");
    return value;
  }

  clean(text) {
    return text.normalize("NFC").replace(SPACES, " ").replace(/^ | $/g, "");
  }

  email(value) {
    const text = this.text(value).normalize("NFC").replace(ENDS, "").toLowerCase();
    const [local, domain = "", ...more] = text.split("@");
    const labels = domain.split(".");
    const sound = more.length === 0 && labels.length > 1 && text.length <= 254
      && /^[!#$%&'*+/=?^_`{|}~0-9a-z.-]{1,64}$/.test(local) && !/^\.|\.$|\.\./.test(local)
      && labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label));
    if (!sound) throw new Withheld("quarantined", "that is no email");
    return text;
  }

  e164(value) {
    if (typeof value !== "string") return null;
    const plain = value.normalize("NFKC").replace(ENDS, "").replace(/[\s,;]*(?:;?ext[.=]?|x|#)\s*\d{1,7}$/i, "");
    if (/[^-+0-9().\/ \u2010-\u2015\u00a0]/.test(plain)) return null;
    const digits = plain.replace(/[^0-9]/g, "");
    if (digits.length < 7) return null;
    if (!plain.startsWith("+") && !digits.startsWith("011")) return this.planned("1", digits.replace(/^1(?=\d{10}$)/, ""));
    const whole = plain.startsWith("+") ? digits : digits.slice(3);
    const code = ["250", "33", "39", "44", "1"].find((known) => whole.startsWith(known));
    return code ? this.planned(code, code === "39" ? whole.slice(2) : whole.slice(code.length).replace(/^0/, "")) : null;
  }

  planned(code, national) {
    return PLANS[code].sound.test(national) ? `+${code}${national}` : null;
  }

  asDialled(phone) {
    if (phone.startsWith("+1")) return `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
    const code = ["250", "33", "39", "44"].find((known) => phone.startsWith(`+${known}`));
    if (!code) return phone;
    let rest = phone.slice(1 + code.length);
    const parts = [];
    for (const size of PLANS[code].groups) {
      parts.push(rest.slice(0, size));
      rest = rest.slice(size);
    }
    return `+${code} ${parts.concat(rest).filter(Boolean).join(" ")}`;
  }

  isDay(year, month, day) {
    const made = new Date(0);
    made.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
    return Number(year) > 0 && made.getUTCMonth() === Number(month) - 1 && made.getUTCDate() === Number(day);
  }

  birthday(value) {
    const found = typeof value === "string" ? /^([0-9]{2})\/([0-9]{2})\/([0-9]{4})$/.exec(value) : null;
    return found && this.isDay(found[3], found[1], found[2]) ? `${found[3]}-${found[1]}-${found[2]}` : null;
  }

  asBirthday(value) {
    const found = typeof value === "string" ? /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value) : null;
    if (!found || !this.isDay(found[1], found[2], found[3])) throw new Withheld("quarantined", "that is no date");
    return `${found[2]}/${found[3]}/${found[1]}`;
  }

  fullName(contact) {
    const given = [contact.first_name, contact.last_name].filter((part) => !this.missing(part));
    return this.clean(given.map((part) => this.text(part)).join(" "));
  }

  split(name) {
    const words = name.split(" ");
    let end = words.length;
    while (end > 1 && SUFFIXES.has(words[end - 1].toLowerCase())) end -= 1;
    let start = end - 1;
    while (start > 1 && PARTICLES.has(words[start - 1])) start -= 1;
    return [words.slice(0, start).join(" "), words.slice(start).join(" ")];
  }

  accepts(contact) {
    const out = contact.opted_out;
    if (this.missing(out)) return false;
    if (typeof out !== "boolean") throw new Withheld("quarantined", "that is neither true nor false");
    return !out;
  }

  map(contact) {
    const name = this.fullName(contact);
    if (!name || this.missing(contact.email) || NOBODY.includes(contact.email)) throw new Withheld("rejected", "a customer needs a name and an email");
    if ([...name].length > 120) throw new Withheld("rejected", "the name is too long");
    if (this.missing(contact.lifecycle)) throw new Withheld("rejected", "nobody says where the contact stands");
    if (!STATUS.has(contact.lifecycle)) throw new Withheld("quarantined", "nobody has said what that becomes");
    const customer = { name, email: this.email(contact.email), status: STATUS.get(contact.lifecycle), accepts_marketing: this.accepts(contact) };
    this.patched(contact, "mobile", customer, "phone", (value) => this.e164(value));
    this.patched(contact, "birthday", customer, "date_of_birth", (value) => this.birthday(value));
    return customer;
  }

  patched(old, field, made, name, how) {
    if (!(field in old)) return;
    if (old[field] === null) made[name] = null;
    else if (!this.missing(old[field])) {
      const value = how(old[field]);
      if (value !== null) made[name] = value;
    }
  }

  back(old, customer) {
    const contact = { ...old };
    const name = "name" in customer ? this.clean(this.text(customer.name)) : "";
    if (name && name !== this.fullName(contact)) {
      const [given, family] = this.split(name);
      if ([...given].length > 40 || [...family].length > 60) throw new Withheld("rejected", "the name is too long");
      if (given || "first_name" in contact) contact.first_name = given || null;
      contact.last_name = family;
    }
    if ("email" in customer && this.sameOr(() => this.email(contact.email)) !== customer.email) contact.email = this.email(customer.email);
    if ("phone" in customer && customer.phone !== this.e164(contact.mobile)) contact.mobile = customer.phone === null ? null : this.asDialled(customer.phone);
    if ("date_of_birth" in customer && customer.date_of_birth !== this.birthday(contact.birthday)) {
      contact.birthday = customer.date_of_birth === null ? null : this.asBirthday(customer.date_of_birth);
    }
    if ("status" in customer && STATUS.get(contact.lifecycle) !== customer.status) {
      if (!LIFECYCLE.has(customer.status)) throw new Withheld("quarantined", "that status is unknown");
      contact.lifecycle = LIFECYCLE.get(customer.status);
    }
    if ("accepts_marketing" in customer && this.accepts(contact) !== customer.accepts_marketing) {
      contact.opted_out = !customer.accepts_marketing;
    }
    return contact;
  }

  sameOr(made) {
    try {
      return made();
    } catch {
      return undefined;
    }
  }

  match(contacts, customers, links) {
    const keys = contacts.map((contact) => this.key(contact));
    return contacts.map((contact, index) => {
      const linked = links[contact.contact_id];
      if (linked !== undefined && customers.every((customer) => customer.id !== linked)) return { action: "quarantine" };
      if (linked !== undefined) return { action: "update", target: linked };
      const key = keys[index];
      if (key !== null && keys.filter((other) => other === key).length > 1) return { action: "escalate" };
      for (const found of [this.byEmail(key, customers), this.byPhone(contact, customers)]) {
        if (found.length > 1) return { action: "quarantine" };
        if (found.length && this.folded(this.fullName(contact)) !== this.folded(found[0].name)) return { action: "escalate" };
        if (found.length) return { action: "update", target: found[0].id };
      }
      return { action: "create" };
    });
  }

  key(contact) {
    return this.missing(contact.email) || NOBODY.includes(contact.email) ? null : this.spelt(contact.email);
  }

  spelt(email) {
    return email.normalize("NFC").replace(ENDS, "").toLowerCase();
  }

  byEmail(key, customers) {
    return key === null ? [] : customers.filter(({ email }) => !NOBODY.includes(email) && this.spelt(email) === key);
  }

  byPhone(contact, customers) {
    const phone = this.e164(contact.mobile);
    const last = (text) => this.folded(text ?? "").split(" ").at(-1);
    return phone === null ? [] : customers.filter((customer) => customer.phone === phone && last(customer.name) === last(contact.last_name));
  }

  folded(text) {
    return this.clean(text).toLowerCase().replaceAll("ß", "ss");
  }
}

function done(sync, asked) {
  if (asked.op === "back") return { target: sync.back(asked.old, asked.record) };
  if (asked.op === "match") return { decisions: sync.match(asked.records, asked.candidates, asked.links) };
  return { target: sync.map(asked.record) };
}

export function serve(sync) {
  createInterface({ input: process.stdin }).on("line", (line) => {
    const asked = JSON.parse(line);
    let reply;
    try {
      reply = done(sync, asked);
    } catch (error) {
      reply = { error: { kind: error.kind ?? error.name, says: error.message } };
    }
    process.stdout.write(`${JSON.stringify({ id: asked.id, ...reply })}\n`);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) serve(new Sync());
