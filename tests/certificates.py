"""Certificates of every quality, made once."""

import datetime
import ssl

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

__all__ = ["Certificates"]

DAY = datetime.timedelta(days=1)


class Certificates:
    """An authority, what it issued, and what it did not."""

    def __init__(self, folder):
        self.authority, stranger = trustme.CA(), trustme.CA()
        self.file = str(folder / "authority.pem")
        self.authority.cert_pem.write_to_path(self.file)
        past = datetime.datetime.now(datetime.UTC) - 5 * DAY
        issued = {
            "good": self.authority.issue_cert("127.0.0.1"),
            "unknown": stranger.issue_cert("127.0.0.1"),
            "elsewhere": self.authority.issue_cert("elsewhere.test"),
            "expired": self.authority.issue_cert(
                "127.0.0.1", not_before=past - 5 * DAY, not_after=past
            ),
        }
        self._contexts = {"self-signed": self._self_signed(folder)}
        for name, certificate in issued.items():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
            self._contexts[name] = context

    def server(self, name):
        return self._contexts[name]

    def trusting(self, make, *, unless=False):
        return (lambda: make()) if unless else (lambda: make(verify=self.file))

    def _self_signed(self, folder):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.datetime.now(datetime.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY)
            .not_valid_after(now + 90 * DAY)
            .sign(key, hashes.SHA256())
        )
        path = folder / "self-signed.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context
