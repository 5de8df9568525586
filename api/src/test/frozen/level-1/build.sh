#!/bin/sh
# Builds frozen-driver-level-1.jar from src. It was run once, when the interface had level 1, and is here to show how: the jar
# is not to be built again. Usage: build.sh VIREO-API-JAR
set -eu
api=$(readlink -f "$1")
cd "$(dirname "$0")"
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
javac --release 17 -cp "$api" -d "$classes" src/frozen/*.java
jar --create --file frozen-driver-level-1.jar --date 2026-01-01T00:00:00Z -C "$classes" . -C src META-INF
