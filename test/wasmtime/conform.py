#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same bytes elsewhere: makes the calls that blocks.ts wrote down, with its blocks, by the committed module
under wasmtime or by the native library, and compares each answer with that of node:wasi, byte for byte.

usage: conform.py FOLDER wasmtime wasm/tomare.wasm
       conform.py FOLDER native build/native/libtomare.so
"""

import ctypes
import pathlib
import re
import sys

HEADER = pathlib.Path(__file__).parents[2] / "wasm" / "abi.h"
ABI_VERSION = int(re.search(r"TM_ABI_VERSION (\d+)", HEADER.read_text()).group(1))
ARENA_BYTES = 64 << 20


class Wasmtime:
    """One compiled module; an instance for each map, as the host has it."""

    def __init__(self, path):
        import wasmtime

        self.wasmtime = wasmtime
        self.engine = wasmtime.Engine()
        self.module = wasmtime.Module.from_file(self.engine, path)
        self.linker = wasmtime.Linker(self.engine)
        self.linker.define_wasi()

    def open(self, map_path):
        self.store = self.wasmtime.Store(self.engine)
        wasi = self.wasmtime.WasiConfig()
        wasi.preopen_dir(str(map_path.parent), "/")
        self.store.set_wasi(wasi)
        self.exports = self.linker.instantiate(self.store, self.module).exports(self.store)
        self.memory = self.exports["memory"]
        self.exports["_initialize"](self.store)
        assert self.call("abi_version") == ABI_VERSION
        name = self.put(map_path.name.encode() + b"\0")
        opened = self.call("map_open", name, 0)
        self.analyzer = opened and self.call("analyzer_open", opened, ARENA_BYTES, 0)
        return self.analyzer != 0

    def call(self, name, *arguments):
        return self.exports["tomare_" + name](self.store, *arguments)

    def put(self, data):
        address = self.call("alloc", len(data))
        self.memory.write(self.store, data, address)
        return address

    def make(self, function, block):
        address = self.put(block)
        code = self.call(function, self.analyzer, address, len(block), 0)
        self.call("free", address)
        return code

    def result(self):
        size_at = self.put(bytes(4))
        start = self.call("result", self.analyzer, size_at)
        size = int.from_bytes(self.memory.read(self.store, size_at, size_at + 4), "little")
        self.call("free", size_at)
        return bytes(self.memory.read(self.store, start, start + size))


class Native:
    """The library behind the same header."""

    def __init__(self, path):
        self.library = ctypes.CDLL(str(pathlib.Path(path).resolve()))
        for name in ("map_open", "analyzer_open", "result"):
            getattr(self.library, "tomare_" + name).restype = ctypes.c_void_p
        assert self.library.tomare_abi_version() == ABI_VERSION

    def open(self, map_path):
        opened = ctypes.c_void_p(self.library.tomare_map_open(str(map_path).encode(), None))
        self.analyzer = ctypes.c_void_p(opened and self.library.tomare_analyzer_open(opened, ARENA_BYTES, None))
        return bool(self.analyzer)

    def make(self, function, block):
        aligned = (ctypes.c_uint64 * ((len(block) + 7) // 8))()
        ctypes.memmove(aligned, block, len(block))
        return self.library["tomare_" + function](self.analyzer, aligned, len(block), None)

    def result(self):
        size = ctypes.c_uint32()
        return ctypes.string_at(self.library.tomare_result(self.analyzer, ctypes.byref(size)), size.value)


def first_difference(a, b):
    for i, (x, y) in enumerate(zip(a, b)):
        if x != y:
            return i
    return min(len(a), len(b))


def main():
    folder, kind, path = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    engine = {"wasmtime": Wasmtime, "native": Native}[kind](path)
    opened, wrong, calls = None, 0, 0
    for line in (folder / "list.tsv").read_text().splitlines():
        name, map_name, function, block, expected = line.split("\t")
        if map_name != opened:
            if not engine.open(folder / map_name):
                sys.exit(f"{map_name} does not open")
            opened = map_name
        calls += 1
        code = engine.make(function, (folder / block).read_bytes())
        if code != 0 or expected.isdigit():
            if str(code) != expected:
                wrong += 1
                print(f"{name}: {function}: error {code}, expected {expected}")
            continue
        mine, theirs = engine.result(), (folder / expected).read_bytes()
        if mine != theirs:
            wrong += 1
            print(f"{name}: {function}: {len(mine)} and {len(theirs)} bytes differ from byte {first_difference(mine, theirs)}")
    print(f"{kind}: {calls} calls, {wrong} differ from node:wasi")
    sys.exit(1 if wrong or calls == 0 else 0)


main()
