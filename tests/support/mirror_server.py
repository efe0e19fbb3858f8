"""A mirror on the loopback that behaves well or badly, for the tests of the download.

    mirror_server.py FOLDER LOG

Prints its port, then serves FOLDER/NAME under /BEHAVIOUR/NAME until its standard input ends. Behaviours: ok (with
ranges), norange (ranges are ignored), refused (404), tampered (one byte differs), truncated (the connection closes half
way), stalled (half of the bytes, then silence), slow (a little at a time). LOG gets a line for every request: path and
range.
"""
import http.server
import os
import sys
import threading
import time

FOLDER, LOG = sys.argv[1], sys.argv[2]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        behaviour, name = self.path.strip("/").split("/", 1)
        wanted = self.headers.get("Range", "")
        with open(LOG, "a") as log:
            log.write(f"{self.path} {wanted}\n")
        path = os.path.join(FOLDER, name)
        if behaviour == "refused" or not os.path.isfile(path):
            self.send_error(404)
            return
        with open(path, "rb") as file:
            data = file.read()
        self.answer(behaviour, data, wanted)

    def answer(self, behaviour, data, wanted):
        if behaviour == "tampered":
            middle = len(data) // 2
            data = data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1:]
        start = 0
        if wanted and behaviour != "norange":
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            if start >= len(data):
                self.send_error(416)
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.send_body(behaviour, data[start:])

    def send_body(self, behaviour, body):
        if behaviour == "truncated":
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


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
