"""A server on raw sockets that does, to each client, whatever a test tells it."""

import contextlib
import gzip
import socket
import struct
import threading
import zlib

__all__ = ["BEHAVIOURS", "Talk", "hostile"]

MEBIBYTE = b"\0" * 1024 * 1024


class Talk:
    """One client's connection, as the behaviours see it."""

    def __init__(self, sock, stop, log):
        self.sock, self.stop, self.log = sock, stop, log

    def request(self):
        """Read one request, its body included."""
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.sock.recv(65536)
            if not more:
                return data
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        while len(body) < length:
            more = self.sock.recv(65536)
            if not more:
                break
            body += more
        return head + b"\r\n\r\n" + body

    def say(self, *parts):
        for part in parts:
            self.sock.sendall(part)

    def wait(self, seconds=30.0):
        self.stop.wait(seconds)

    def reset(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def endless(self, piece, pause=0.0):
        while not self.stop.wait(pause) if pause else not self.stop.is_set():
            self.say(piece)


@contextlib.contextmanager
def hostile(behaviour, *, tls=None):
    """Serve the behaviour; gives (address, log of what it noted)."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    listening.settimeout(0.05)
    stop, log, threads, open_sockets = threading.Event(), [], [], []

    def talk(sock):
        with contextlib.suppress(OSError), sock:
            plain = sock
            if tls is not None:
                sock = tls.wrap_socket(sock, server_side=True)
            with sock:
                behaviour(Talk(sock, stop, log))
            plain.close()

    def accept():
        while not stop.is_set():
            try:
                sock, _ = listening.accept()
            except TimeoutError:
                continue
            sock.settimeout(20)
            open_sockets.append(sock)
            threads.append(threading.Thread(target=talk, args=(sock,), daemon=True))
            threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        port = listening.getsockname()[1]
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}", log
    finally:
        stop.set()
        accepting.join(5)
        for sock in open_sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(5)
        listening.close()


OK = b"HTTP/1.1 200 OK\r\n"
BEHAVIOURS = {}


def behaviour(function):
    BEHAVIOURS[function.__name__] = function
    return function


def says(name, *parts):
    """A behaviour that reads the request, says this and hangs up."""

    def speak(talk):
        talk.request()
        talk.say(*parts)

    BEHAVIOURS[name] = speak


@behaviour
def says_nothing(talk):
    talk.request()
    talk.wait()


@behaviour
def resets_without_an_answer(talk):
    talk.request()
    talk.reset()


@behaviour
def hangs_up_before_it_has_read(talk):
    talk.sock.recv(1)


@behaviour
def never_reads(talk):
    talk.wait()


@behaviour
def sends_headers_without_end(talk):
    talk.request()
    talk.say(OK)
    talk.endless(
        b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 99
    )


@behaviour
def sends_one_header_without_end(talk):
    talk.request()
    talk.say(OK, b"X-Filler: ")
    talk.endless(b"a" * 9999)


@behaviour
def sends_trailers_without_end(talk):
    talk.request()
    talk.say(OK, b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n")
    talk.endless(
        b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 99
    )


@behaviour
def sends_a_body_without_end(talk):
    talk.request()
    talk.say(OK, b"Content-Length: 1000000000000\r\n\r\n")
    talk.endless(MEBIBYTE)


@behaviour
def resets_within_the_body(talk):
    talk.request()
    talk.say(OK, b"Content-Length: 100\r\n\r\n0123456789")
    talk.wait(0.05)
    talk.reset()


@behaviour
def drips(talk):
    talk.request()
    talk.say(OK, b"Content-Length: 1000\r\n\r\n")
    talk.endless(b"x", pause=0.02)


@behaviour
def drips_its_headers(talk):
    talk.request()
    talk.say(OK, b"X-Slow: ")
    talk.endless(b"x", pause=0.02)


@behaviour
def sends_interim_answers_without_end(talk):
    talk.request()
    talk.endless(b"HTTP/1.1 100 Continue\r\n\r\n")


BOMB = gzip.compress(b"", 1)[:-8] and zlib.compressobj(9, wbits=31)
BOMB = b"".join([*(BOMB.compress(MEBIBYTE) for _ in range(80)), BOMB.flush()])
LENGTH = b"Content-Length: %d\r\n\r\n"
GZIP = b"Content-Encoding: gzip\r\n"

says("hangs_up_without_an_answer")
says("hangs_up_in_its_status_line", b"HTTP/1.1 20")
says("hangs_up_in_its_headers", OK, b"Content-Type: text/pl")
says("is_not_http", b"\x00\x01\x02\xff this is not HTTP\r\n\r\n")
says("sends_a_bare_page", b"<html><body>It works!</body></html>")
says("speaks_http2", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x80")
says("sends_a_header_of_300_kb", OK, b"X-Big: ", b"a" * 300_000, b"\r\n", LENGTH % 2, b"ok")
says("sends_a_header_without_colon", OK, b"No colon here\r\n", LENGTH % 2, b"ok")
says("sends_a_nul_in_a_header", OK, b"X-Nul: a\0b\r\n", LENGTH % 2, b"ok")
says("promises_more_than_it_sends", OK, LENGTH % 100, b"0123456789")
says("has_a_negative_length", OK, b"Content-Length: -5\r\n\r\nhello")
says("has_a_length_in_words", OK, b"Content-Length: five\r\n\r\nhello")
says("has_two_lengths", OK, b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello!!")
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
says("has_a_chunk_of_no_size", CHUNKED, b"zz\r\nhello\r\n0\r\n\r\n")
says("has_a_chunk_of_impossible_size", CHUNKED, b"f" * 30, b"\r\nhello\r\n0\r\n\r\n")
says("hangs_up_between_chunks", CHUNKED, b"5\r\nhello\r\n")
says("sends_a_bomb", OK, GZIP, LENGTH % len(BOMB), BOMB)
says("calls_plain_text_gzip", OK, GZIP, LENGTH % 5, b"hello")
SHORT = gzip.compress(b"hello world" * 100)[:-12]
says("ends_its_gzip_too_early", OK, GZIP, LENGTH % len(SHORT), SHORT)
