"""Files and URLs in, a Contract or a Vendor out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.late import late

if TYPE_CHECKING:
    from verifier.loading.addresses import parse_address
    from verifier.loading.allowance import Allowance
    from verifier.loading.alone import open_file
    from verifier.loading.baselines import baseline_schema, read_baseline, write_baseline
    from verifier.loading.beside import found_beside
    from verifier.loading.claims import blank_claims, claims_schema, read_claims
    from verifier.loading.collection import paused_collection
    from verifier.loading.contracts import from_mapping
    from verifier.loading.documents import load, load_if_changed
    from verifier.loading.inspection import INSPECTION_SCHEMA, inspect
    from verifier.loading.mock_file import mock_schema
    from verifier.loading.mock_profiles import load_mock_profile
    from verifier.loading.opened import own_files, read_on
    from verifier.loading.pinning import pin
    from verifier.loading.principals import parse_principal
    from verifier.loading.profiles import document_of, load_vendor, vendor_name
    from verifier.loading.secrets import reveal
    from verifier.loading.shelves import standing
    from verifier.loading.vendor_file import vendor_schema
    from verifier.loading.waivers import (
        read_acceptances,
        read_waivers,
        waivers_schema,
        write_acceptance,
        write_waivers,
    )
    from verifier.loading.workspaces import vendor_folders

__all__ = [
    "INSPECTION_SCHEMA",
    "Allowance",
    "baseline_schema",
    "blank_claims",
    "claims_schema",
    "document_of",
    "found_beside",
    "from_mapping",
    "inspect",
    "load",
    "load_if_changed",
    "load_mock_profile",
    "load_vendor",
    "mock_schema",
    "open_file",
    "own_files",
    "parse_address",
    "parse_principal",
    "paused_collection",
    "pin",
    "read_acceptances",
    "read_baseline",
    "read_claims",
    "read_on",
    "read_waivers",
    "reveal",
    "standing",
    "vendor_folders",
    "vendor_name",
    "vendor_schema",
    "waivers_schema",
    "write_acceptance",
    "write_baseline",
    "write_waivers",
]

__getattr__ = late(__name__)
