"""A contract with everything that the worked examples do not have."""

__all__ = ["WIDE"]

WIDE = {
    "left.yaml": """
openapi: 3.1.0
info: {title: Left, version: "1"}
paths: {}
components:
  schemas:
    Person:
      type: object
      required: [id, status]
      properties:
        id: {type: string}
        parent: {type: [string, "null"]}
        status: {type: string, enum: [new, active, closed]}
        name: {type: string, maxLength: 60}
        email: {type: string, maxLength: 254}
        street: {type: string, maxLength: 200}
        height: {type: string}
        worth: {type: integer}
        born: {type: integer}
        seen: {type: string, format: date-time}
        stamp: {type: integer}
        either: {oneOf: [{type: string}, {type: integer}]}
        score: {type: number}
""",
    "right.yaml": """
openapi: 3.1.0
info: {title: Right, version: "1"}
paths: {}
components:
  schemas:
    Human:
      type: object
      required: [Id, Status]
      properties:
        Id: {type: string}
        Parent: {type: string}
        Status: {type: string, enum: [NEW, ACTIVE, CLOSED]}
        Name: {type: string, maxLength: 60}
        Email: {type: string, maxLength: 254}
        Street: {type: string, maxLength: 100}
        Height: {type: number}
        Worth: {type: string}
        Born: {type: string, format: date}
        Seen: {type: string, format: date-time}
        Stamp: {type: string, format: date-time}
        Either: {}
        Score: {type: number}
        MergedInto: {type: string}
        Key: {type: string, readOnly: true}
""",
    "wide.mapping.yaml": """
mapping: "0.1"
id: wide
direction: one_way
source: {spec: left.yaml, schema: "#/components/schemas/Person"}
target: {spec: right.yaml, schema: "#/components/schemas/Human"}
defaults: {on_missing: omit, on_unknown: quarantine}
meaning:
  source:
    id: {kind: identifier}
    parent: {kind: reference}
    name: {kind: person_name, shape: full}
    email: {kind: email, placeholder: [nobody@example.com]}
    street: {kind: address_line}
    height: {kind: number, unit: m, decimal: ",", group: "."}
    worth: {kind: money, unit: minor, currency: EUR}
    born: {kind: date, serial: "1900"}
    stamp: {kind: datetime, epoch: s}
  target:
    Id: {kind: identifier}
    Parent: {kind: reference}
    Name: {kind: person_name, shape: full}
    Email: {kind: email}
    Street: {kind: address_line}
    Height: {kind: number, unit: m}
    Worth: {kind: money, unit: major, currency: EUR, decimal: ","}
    Born: {kind: date}
tables:
  status:
    rows:
      - {from: new, to: NEW, relation: equivalent}
      - {from: active, to: ACTIVE, relation: equivalent}
      - {from: closed, to: CLOSED, relation: equivalent}
    order: [NEW, ACTIVE, CLOSED]
    on_backward: escalate
fields:
  Id: {from: id, on_missing: reject}
  Parent: {from: parent}
  Status: {from: status, table: status, on_missing: reject}
  Name: {from: name, via: [nfc]}
  Email: {from: email, via: [lower]}
  Street: {from: street, on_too_long: {truncate: word}}
  Height: {from: height}
  Worth: {from: worth}
  Born: {from: born}
  Seen: {from: seen}
  Stamp: {from: stamp}
  Either: {from: either}
  Score: {from: score}
left_unset: {MergedInto: set by a merge}
match:
  link: {store: links, source: id, target: Key}
  keys: [[{source: email, target: Email, norm: [nfc, trim, lower]}]]
  redirect: MergedInto
  on_none: create
  on_many: quarantine
  on_duplicate_in_one_side: quarantine
  on_same_key_different_name: escalate
  on_orphan: quarantine
verify: {strict_json: true}
""",
}
