"""Values to requests and back: the serialisation rules of OpenAPI, without input or output."""

from verifier.encoding.bodies import encode_body
from verifier.encoding.drafts import Decoder, decode
from verifier.encoding.faults import DecodeError, EncodeError
from verifier.encoding.media import content_of, is_json, matches, media_for
from verifier.encoding.parameters import read_header
from verifier.encoding.paths import fill_path, match_path
from verifier.encoding.requests import encode
from verifier.encoding.router import Route, Router
from verifier.encoding.scalars import json_bytes, json_value
from verifier.encoding.shape import Shape
from verifier.encoding.styles import serialise

__all__ = [
    "DecodeError",
    "Decoder",
    "EncodeError",
    "Route",
    "Router",
    "Shape",
    "content_of",
    "decode",
    "encode",
    "encode_body",
    "fill_path",
    "is_json",
    "json_bytes",
    "json_value",
    "match_path",
    "matches",
    "media_for",
    "read_header",
    "serialise",
]
