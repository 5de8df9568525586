# shellcheck shell=sh
# What every launcher of the command does. A shell that has read it calls find_java, sets
#
#   root   where drivers/ lies
#   lib    the folder of jars
#   stamp  what changes with what the jars hold
#
# and calls launch with the command's arguments.

fail() {
    printf 'vireo: %s\n' "$*" >&2
    exit 1
}

# Sets java, java_home, java_version and java_build. The release file answers in no time; asking java itself takes as long
# as a run.
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "JAVA_HOME is '$JAVA_HOME', but there is no bin/java in it"
        java_home=$JAVA_HOME
    else
        java=$(command -v java) || fail "no java found: install Java, 17 or newer, or set JAVA_HOME"
        java_home=$(readlink -f "$java") || java_home=$java
        java_home=${java_home%/bin/java}
    fi
    java_version=
    java_build=
    if [ -r "$java_home/release" ]; then
        while IFS='=' read -r key value; do
            value=${value#\"}
            case $key in
                JAVA_RUNTIME_VERSION) java_build=${value%\"} ;;
                JAVA_VERSION) java_version=${value%\"} && break ;;
            esac
        done < "$java_home/release"
    fi
    if [ -z "$java_version" ]; then
        settings=$("$java" -XshowSettings:properties -version 2>&1)
        java_version=$(printf '%s\n' "$settings" | sed -n 's/^ *java\.version = //p')
        java_home=$(printf '%s\n' "$settings" | sed -n 's/^ *java\.home = //p')
    fi
    java_major=${java_version%%[!0-9]*}
    [ "${java_major:-0}" -ge 17 ] || fail "$java is Java ${java_version:-of an unknown version}; 17 or newer is needed"
}

# Sets start: the folder of what was made for this Java and these jars, where they lie now: beside them, or in the user's
# cache. A JVM looks at the jars' paths and times before it takes an archive, but from 24 on not well enough: hence the stamp.
find_start() {
    start=$lib/start-${java_build:-$java_version}
    ! is_made || return 0
    if [ ! -w "$lib" ]; then
        start=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/vireo/${start##*/}
        ! is_made || return 0
        mkdir -p "${start%/*}" 2> /dev/null
    fi
    make_start
}

is_made() {
    [ -r "$start/made-for" ] && IFS= read -r made_for < "$start/made-for" && [ "$made_for" = "$lib $stamp" ]
}

# Runs what people run most, for the JVM to see which classes that takes, and has it put them into an archive.
make_start() {
    making=${start%/*}/making-$$
    mkdir "$making" 2> /dev/null || return
    printf '%s\n' "$lib $stamp" > "$making/made-for"
    if [ "$java_major" -lt 24 ]; then
        train -Dvireo.training.help=true "-XX:DumpLoadedClassList=$making/classes" && "$java" -Xshare:dump -XX:+UseG1GC \
            "-XX:SharedClassListFile=$making/classes" "-XX:SharedArchiveFile=$making/archive" -cp "$class_path"
    else
        train -XX:AOTMode=record "-XX:AOTConfiguration=$making/classes" && "$java" -XX:AOTMode=create $tuning \
            "-XX:AOTConfiguration=$making/classes" "-XX:AOTCache=$making/archive" -cp "$class_path"
    fi > "$making/log" 2>&1 < /dev/null || rm -f "$making/archive"
    rm -rf "$making/classes" "$start"
    mv "$making" "$start"
}

train() {
    "$java" "$@" $tuning -cp "$class_path" dev.vireo.cli.Training "$making/drivers"
}

# Runs the command, in the place of this shell.
launch() {
    class_path=
    for jar in "$lib"/*.jar; do
        class_path=$class_path:$jar
    done
    class_path=${class_path#:}
    # A short-lived program: one compiler, and that for what runs long alone, nothing in /tmp. The JVM's own warnings go to
    # standard error; left alone they would land in the middle of CSV or JSON.
    tuning='-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10 -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr'
    # Finding a logger opens every jar; what it would be told, --debug tells, too.
    tuning="$tuning -Ddev.vireo.log=false"
    runs_long=
    for argument in "$@"; do
        case $argument in top | record | serve | --watch*) runs_long=$argument ;; esac
    done
    # Before 18, the objects of an archive are for G1 alone; from then on the plain collector is the fastest. What runs for long
    # is the smallest with the plain one.
    case "$java_major$runs_long ${VIREO_JAVA_OPTS:-}" in
        *GC*) ;;
        17\ *) tuning="$tuning -XX:+UseG1GC -XX:ParallelGCThreads=1" ;;
        # each scrape leaves garbage: a heap that stays as small as what is in use
        *serve\ *) tuning="$tuning -XX:+UseSerialGC -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40" ;;
        *) tuning="$tuning -XX:+UseSerialGC" ;;
    esac
    # A heap begins as 1/64 of all memory, and is filled before it is swept: on a large host that is hundreds of megabytes.
    case "$runs_long ${VIREO_JAVA_OPTS:-}" in
        \ * | *" -Xm"* | *HeapSize* | *RAMPercentage*) ;;
        *) tuning="$tuning -Xms32m" ;;
    esac
    # What is to run for long and has no memory left must not go on with half of its threads: who started it starts it again.
    [ "$runs_long" != serve ] || tuning="$tuning -XX:+ExitOnOutOfMemoryError"
    # From 22 to 24, Java calls a file a console, unless it is told to use the plain one.
    [ "$java_major" -lt 22 ] || tuning="$tuning -Djdk.console=java.base"
    # From 24 on, Java warns when a driver loads its native library, unless that is allowed.
    [ "$java_major" -lt 24 ] || tuning="$tuning --enable-native-access=ALL-UNNAMED"
    find_start
    { [ -t 0 ] && [ -t 1 ]; } || tuning="$tuning -Dvireo.terminal=no"
    set -- "-Dvireo.home=$root" ${VIREO_JAVA_OPTS:-} -cp "$class_path" dev.vireo.cli.Main "$@"
    [ ! -r "$start/drivers" ] || set -- "-Dvireo.drivers.list=$start/drivers" "$@"
    if [ -r "$start/archive" ]; then
        if [ "$java_major" -lt 24 ]; then
            set -- "-XX:SharedArchiveFile=$start/archive" "$@"
        else
            set -- "-XX:AOTCache=$start/archive" "$@"
        fi
    fi
    exec "$java" $tuning "$@"
}
