// Mappers of an order as they are met, in JavaScript: each is the sound one with a single mistake that somebody has made before.
//
//     verifier map test scenarios/acme-shop/order-to-invoice.mapping.yaml \
//         --command "node scenarios/acme-shop/implementations/flawed.mjs PriceTimesHundred"

import { Exact } from "./exact.mjs";
import { Mapper, Withheld, serve } from "./sound.mjs";

const flaws = {
  // [13] 19.99 * 100 is 1998.9999999999998
  PriceTimesHundred: class extends Mapper {
    minor(amount, currency) {
      return currency === "JPY" || currency === "KWD" ? super.minor(amount, currency) : BigInt(Math.floor(Number(amount) * 100));
    }
  },
  // [11] JSON.parse has rounded it by then
  NumbersAreDoubles: class extends Mapper {
    number(value, name) {
      const exact = super.number(value, name);
      return Number.isInteger(Number(exact)) ? Exact.read(BigInt(Number(exact)).toString()) : exact;
    }
  },
  // [6] 0 is falsy
  ZeroIsNothing: class extends Mapper {
    discount(order) {
      return Number(order.discount ?? 0) ? super.discount(order) : undefined;
    }
  },
  // [16] a text is truthy
  Truthy: class extends Mapper {
    truth(value) {
      return Boolean(value);
    }
  },
  // [24] slice counts UTF-16 units and cuts through a pair
  Slices: class extends Mapper {
    cut(text, longest) {
      return text.slice(0, longest);
    }
  },
  // [58] new Date("04/03/2027") is in April
  AmericanDates: class extends Mapper {
    placed(order) {
      const text = String(order.created_at).replace(/^(\d\d)\/(\d\d)/, (whole, day, month) => (Number(day) <= 12 ? `${month}/${day}` : whole));
      return super.placed({ ...order, created_at: text });
    }
  },
  // [62] toISOString is in UTC
  IsoDay: class extends Mapper {
    day(instant) {
      return instant;
    }
  },
  // [61] new Date(y, m, d) is in the zone of the machine
  MachinesZone: class extends Mapper {
    instant(local) {
      const at = new Date(local);
      return new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()).getTime();
    }
  },
  // [84] an object without the key gives undefined, and JSON leaves it out
  UndefinedStatus: class extends Mapper {
    status(order) {
      return { pending: "DRAFT", on_hold: "DRAFT", processing: "SUBMITTED", complete: "AUTHORISED", cancelled: "VOIDED", refunded: "VOIDED" }[order.status];
    }
  },
  // [84] every object has a constructor
  InheritedStatus: class extends Mapper {
    status(order) {
      const table = { pending: "DRAFT", on_hold: "DRAFT", processing: "SUBMITTED", complete: "AUTHORISED", cancelled: "VOIDED" };
      return table[order.status] === undefined ? "DRAFT" : super.status(order);
    }
  },
  // [2] String(null)
  NullInWords: class extends Mapper {
    reference(order) {
      return order.note === undefined ? undefined : this.cut(this.clean(String(order.note)), 40);
    }
  },
  // [20] one line is no list
  Unwrapped: class extends Mapper {
    reconciled(invoice) {
      super.reconciled(invoice);
      if (invoice.LineItems.length === 1) [invoice.LineItems] = invoice.LineItems;
    }
  },
  // [91] Number("0017")
  NumericId: class extends Mapper {
    number_of(order) {
      return super.number_of(order).replace(/-0+(?=\d)/, "-");
    }
  },
  // [75] Math.round takes half towards plus infinity
  HalfTowardsPlus: class extends Mapper {
    minor(amount, currency) {
      const exact = super.minor(amount, currency);
      const doubled = amount.times(Exact.read("2")).times(Exact.read(String(10 ** { EUR: 2, USD: 2, GBP: 2, JPY: 0, KWD: 3 }[currency])));
      return doubled.isWhole() && doubled.digits < 0n && doubled.rounded(0).digits % 2n !== 0n ? exact + 1n : exact;
    }
  },
  // [44] one of the two languages with a dotted capital
  TurkishLower: class extends Mapper {
    email(buyer) {
      const found = super.email(buyer);
      return found && typeof buyer.email === "string" ? this.clean(buyer.email).toLocaleLowerCase("tr") : found;
    }
  },
  // [98] sort() sorts as text, and in place
  SortsLines: class extends Mapper {
    lines(order, currency) {
      return super.lines(order, currency).sort((one, other) => String(one.Quantity).localeCompare(String(other.Quantity)));
    }
  },
  // [84] a catch that catches everything
  SwallowsErrors: class extends Mapper {
    map(order) {
      try {
        return super.map(order);
      } catch (error) {
        if (error instanceof Withheld && error.kind === "rejected") throw error;
        return null;
      }
    }
  },
};

const flaw = flaws[process.argv[2]];
if (!flaw) {
  console.error(`No such flaw; known: ${Object.keys(flaws).join(", ")}`);
  process.exit(2);
}
serve(new flaw());
