# Bash, read by ./waybill and by the launcher of a package: the options of the JVM.

jvm_options=(
    --enable-native-access=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow
    -XX:+UseCompactObjectHeaders
    -XX:+ExitOnOutOfMemoryError # what is acknowledged is on the disk, and a hub without memory is no hub
    # Little garbage lives long and most memory is idle connections, so a small young space keeps a connection small; for
    # another collector put -XX:-UseSerialGC before it in WAYBILL_JAVA_OPTS.
    -XX:+UseSerialGC
    -Xmn32m
    # The compiler for the hottest code waits until code is three times hotter than by default: it takes a fifth less CPU
    # during the first connects, and what stays hot is compiled some seconds later.
    -XX:Tier4InvocationThreshold=15000
    -XX:Tier4MinInvocationThreshold=1800
    -XX:Tier4CompileThreshold=45000
    # What a collection frees goes back to the system.
    -XX:MinHeapFreeRatio=20
    -XX:MaxHeapFreeRatio=40
)
# A broadcast walks through much memory; fewer, larger pages let the processor find it faster.
# A machine without them is no reason for a warning, which would be in what `token` prints.
case "$OSTYPE" in linux*) jvm_options+=(-XX:+UseTransparentHugePages -Xlog:pagesize=off) ;; esac
# What the compiler has done with goes back to the system, some 20 MB after the start.
case "$OSTYPE" in linux-gnu*) jvm_options+=(-XX:TrimNativeHeapInterval=10000) ;; esac

add_memory_options() { # of the command $1
    case "$1" in
        vendor | driver | token | doctor | health | backup | restore | admin-password | proof-key | verify | --version) jvm_options+=(-Xmx128m) ;;
        *) jvm_options+=(-XX:MaxRAM=8g -XX:MaxRAMPercentage=25) ;; # a quarter of what there is, and of 8 GB at most
    esac
}

add_cache_options() { # use the cache $1, or run without a word where it does not fit
    if [ -f "$1" ]; then jvm_options+=(-XX:AOTCache="$1" -Xlog:aot=off -Xlog:cds=off); fi
}

add_library_options() { # use the native libraries of the package in folder $1, so that none is written to /tmp at a start
    jvm_options+=(-Djava.library.path="$1/lib/native" -Dorg.sqlite.lib.path="$1/lib/native")
}
