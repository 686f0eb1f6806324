#!/usr/bin/env bash
# Lets uWebSockets.js load where the C library is older than its binary asks for (GLIBC_2.38).
#
#   bench/peers/node/older-glibc.sh FOLDER      then      WAYBILL_BENCH_PEERS=FOLDER ./waybill bench
#
# All the binary wants of 2.38 are the C23 names of three old functions. FOLDER gets the npm packages, with that
# demand marked as one the loader may ignore, and preload.so, which has the three names. x86-64 and aarch64 Linux;
# needs npm and a C compiler.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?where to put the packages}
mkdir -p "$folder"
cp "$here"/package.json "$here"/package-lock.json "$here"/.npmrc "$folder"
(cd "$folder" && npm ci)

cc -O2 -shared -fPIC -x c -o "$folder/preload.so" - <<'C'
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

long __isoc23_strtol(const char *text, char **end, int base) { return strtol(text, end, base); }

unsigned long __isoc23_strtoul(const char *text, char **end, int base) { return strtoul(text, end, base); }

int __isoc23_sscanf(const char *text, const char *format, ...) {
    va_list slots;
    va_start(slots, format);
    int filled = vsscanf(text, format, slots);
    va_end(slots);
    return filled;
}
C

node - "$folder"/node_modules/@btc-vision/uwebsockets.js/uws_linux_*.node <<'JS'
// In an ELF file, the section of type VERNEED is a list of libraries, each with a list of the versions wanted of it.
const fs = require('node:fs');
const VERNEED = 0x6ffffffe;
const WEAK = 2;
for (const file of process.argv.slice(2)) {
  const elf = fs.readFileSync(file);
  const sections = Number(elf.readBigUInt64LE(0x28));
  const section = (n) => sections + n * 64;
  const offset = (n) => Number(elf.readBigUInt64LE(section(n) + 24));
  for (let n = 0; n < elf.readUInt16LE(0x3c); n++) {
    if (elf.readUInt32LE(section(n) + 4) !== VERNEED) continue;
    const names = offset(elf.readUInt32LE(section(n) + 40));
    for (let library = offset(n), next = 1; next; library += next) {
      for (let version = library + elf.readUInt32LE(library + 8), step = 1; step; version += step) {
        const name = names + elf.readUInt32LE(version + 8);
        if (elf.toString('latin1', name, name + 11) === 'GLIBC_2.38\0') {
          elf.writeUInt16LE(elf.readUInt16LE(version + 4) | WEAK, version + 4);
        }
        step = elf.readUInt32LE(version + 12);
      }
      next = elf.readUInt32LE(library + 12);
    }
  }
  fs.writeFileSync(file, elf);
}
JS
