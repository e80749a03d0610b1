// JSON with exact numbers: what JavaScript's own reader rounds (9007199254740993, 0.1 + 0.2) stays as it is written.

export class Exact {
  // A decimal as digits and a scale: 19.99 is 1999n and 2.
  constructor(digits, scale) {
    this.digits = digits;
    this.scale = scale;
  }

  static read(text) {
    const found = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text);
    if (!found) throw new SyntaxError(`no number: ${text}`);
    const [, sign, whole, part = "", power = "0"] = found;
    let digits = BigInt(whole + part);
    let scale = part.length - Number(power);
    if (Math.abs(scale) > 400) throw new RangeError(`out of all proportion: ${text}`);
    if (scale < 0) {
      digits *= 10n ** BigInt(-scale);
      scale = 0;
    }
    return new Exact(sign ? -digits : digits, scale);
  }

  times(other) {
    return new Exact(this.digits * other.digits, this.scale + other.scale);
  }

  // Rounded to some places; half goes away from zero.
  rounded(places) {
    if (this.scale <= places) return new Exact(this.digits * 10n ** BigInt(places - this.scale), places);
    const unit = 10n ** BigInt(this.scale - places);
    const size = this.digits < 0n ? -this.digits : this.digits;
    const kept = (size * 2n + unit) / (unit * 2n);
    return new Exact(this.digits < 0n ? -kept : kept, places);
  }

  isWhole() {
    return this.digits % 10n ** BigInt(this.scale) === 0n;
  }

  toString() {
    if (this.scale === 0) return String(this.digits);
    const size = String(this.digits < 0n ? -this.digits : this.digits).padStart(this.scale + 1, "0");
    const sign = this.digits < 0n ? "-" : "";
    return `${sign}${size.slice(0, -this.scale)}.${size.slice(-this.scale)}`;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SPACE = /[ \t\n\r]*/y;

export function parse(text) {
  let at = 0;
  const skip = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new SyntaxError(`broken JSON at ${at}`);
    at = pattern.lastIndex;
    return found[0];
  };
  const word = (letters, value) => {
    if (!text.startsWith(letters, at)) throw new SyntaxError(`broken JSON at ${at}`);
    at += letters.length;
    return value;
  };
  const many = (close, one) => {
    at += 1;
    skip();
    if (text[at] === close) {
      at += 1;
      return;
    }
    for (;;) {
      one();
      skip();
      if (text[at++] === close) return;
      skip();
    }
  };
  const value = () => {
    skip();
    switch (text[at]) {
      case "{": {
        const made = {};
        many("}", () => {
          const name = JSON.parse(take(STRING));
          skip();
          word(":", null);
          made[name] = value();
        });
        return made;
      }
      case "[": {
        const made = [];
        many("]", () => made.push(value()));
        return made;
      }
      case '"':
        return JSON.parse(take(STRING));
      case "t":
        return word("true", true);
      case "f":
        return word("false", false);
      case "n":
        return word("null", null);
      default:
        return Exact.read(take(NUMBER));
    }
  };
  return value();
}

export function write(value) {
  if (value instanceof Exact || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${write(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
