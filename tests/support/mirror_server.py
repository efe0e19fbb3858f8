"""A mirror on the loopback that behaves well or badly, for the tests of the download.

    mirror_server.py FOLDER LOG [CERTIFICATE]

Prints its port, and one for https where a file with certificate and key is named (else 0); then serves FOLDER/NAME
under /BEHAVIOUR/NAME until its standard input ends. LOG gets a line for every request: path and range. Behaviours:

    ok         with ranges                       norange    ranges are ignored
    refused    404                               wrongrange another range than the one asked for
    tampered   one byte differs                  page       a page of HTML instead of the file
    empty      a file of no bytes                garbage    an answer that is not HTTP
    truncated  the connection closes half way    closed     the same, with no length announced
    chunked    the same, in chunks               huge       announces a terabyte
    endless    chunks without end                unbounded  bytes without end, no length announced
    stalled    half of the bytes, then silence   silent     no answer at all
    slow       a little at a time                trickle    a byte at a time, without end
    headers    headers without end               longheader one header without end
    to-file, to-ftp   redirects to another protocol    loop   redirects to itself
    moved      redirects to /ok                  downgrade  redirects to /ok without TLS
"""
import http.server
import os
import ssl
import sys
import threading
import time

FOLDER, LOG = sys.argv[1], sys.argv[2]
CERTIFICATE = sys.argv[3] if len(sys.argv) > 3 else ""


def forever(handler, head, piece, pause=0.0):
    """Sends `piece` again and again, until the other side has had enough."""
    handler.wfile.write(head)
    while True:
        handler.wfile.write(piece)
        handler.wfile.flush()
        time.sleep(pause)


OPEN = b"HTTP/1.1 200 OK\r\n"
BLOCK = bytes(range(256)) * 64
CHUNKED = OPEN + b"Transfer-Encoding: chunked\r\n\r\n"
# What needs more than a body that is cut or slowed down: the bytes on the wire.
RAW = {
    "garbage": lambda handler: handler.wfile.write(b"\x00\x01 this is no HTTP\n" * 4),
    "page": lambda handler: handler.wfile.write(OPEN + b"\r\n<html>Please log in</html>"),
    "empty": lambda handler: handler.wfile.write(OPEN + b"Content-Length: 0\r\n\r\n"),
    "silent": lambda handler: time.sleep(60),
    "huge": lambda handler: forever(handler, OPEN + b"Content-Length: 1099511627776\r\n\r\n", BLOCK),
    "endless": lambda handler: forever(handler, CHUNKED, b"4000\r\n" + BLOCK + b"\r\n"),
    "unbounded": lambda handler: forever(handler, OPEN + b"\r\n", BLOCK),
    "trickle": lambda handler: forever(handler, OPEN + b"\r\n", b"x", 0.02),
    "headers": lambda handler: forever(handler, OPEN, b"X-More: " + b"y" * 200 + b"\r\n"),
    "longheader": lambda handler: forever(handler, OPEN + b"X-Long: ", b"y" * 4096),
}


def target_of(behaviour, name):
    """Where a behaviour redirects to; nothing where it does not."""
    return {
        "to-file": "file:///etc/hostname",
        "to-ftp": "ftp://127.0.0.1/" + name,
        "loop": "/loop/" + name,
        "moved": "/ok/" + name,
        "downgrade": f"http://127.0.0.1:{server.server_address[1]}/ok/{name}",
    }.get(behaviour)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        behaviour, name = self.path.strip("/").split("/", 1)
        wanted = self.headers.get("Range", "")
        with open(LOG, "a") as log:
            log.write(f"{self.path} {wanted}\n")
        path = os.path.join(FOLDER, name)
        if behaviour in RAW:
            RAW[behaviour](self)
        elif target := target_of(behaviour, name):
            self.send_response(302)
            self.send_header("Location", target)
            self.end_headers()
        elif behaviour == "refused" or not os.path.isfile(path):
            self.send_error(404)
        else:
            with open(path, "rb") as file:
                self.answer(behaviour, file.read(), wanted)

    def answer(self, behaviour, data, wanted):
        if behaviour == "tampered":
            middle = len(data) // 2
            data = data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1:]
        if behaviour == "chunked":
            half = data[:len(data) // 2]
            self.wfile.write(CHUNKED + f"{len(half):x}\r\n".encode() + half + b"\r\n")
            return
        start = 0
        if wanted and behaviour != "norange":
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            if start >= len(data):
                self.send_error(416)
                return
            start -= behaviour == "wrongrange"
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        if behaviour != "closed":
            self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.send_body(behaviour, data[start:])

    def send_body(self, behaviour, body):
        if behaviour in ("truncated", "closed"):
            self.wfile.write(body[:len(body) // 2])
        elif behaviour == "stalled":
            self.wfile.write(body[:len(body) // 2])
            self.wfile.flush()
            time.sleep(60)
        elif behaviour == "slow":
            for at in range(0, len(body), 2048):
                self.wfile.write(body[at:at + 2048])
                self.wfile.flush()
                time.sleep(0.02)
        else:
            self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # the other side hung up, as it should


def start(certificate=""):
    """A server in a thread of its own."""
    started = Server(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        started.socket = context.wrap_socket(started.socket, server_side=True)
    threading.Thread(target=started.serve_forever, daemon=True).start()
    return started


server = start()
print(server.server_address[1], start(CERTIFICATE).server_address[1] if CERTIFICATE else 0, flush=True)
sys.stdin.read()
os._exit(0)
