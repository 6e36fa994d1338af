# What the machine is, and how busy; reads /proc. Sourced by bench/run.

machine() {
    echo "date            $(date -u +%FT%TZ)"
    echo "commit          $(git -C "$top" rev-parse --short HEAD)$(git -C "$top" diff --quiet HEAD -- src pom.xml weir || echo ' (changed)')"
    echo "system          $(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)"
    echo "processor       $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
    echo "memory          $(awk '/MemTotal/ { printf "%.0f MiB", $2 / 1024 }' /proc/meminfo)"
    echo "open files      $(ulimit -n)"
    echo "java            $("$java" -version 2>&1 | sed -n 2p)"
    echo "weir            ./weir serve ${WEIR_JAVA_OPTS:-}"
    echo "nginx           $(nginx -v 2>&1 | sed 's/.*: //')"
    echo "portkey         $(sed -n 's/^  "version": "\(.*\)",/\1/p' "$here/portkey/node_modules/@portkey-ai/gateway/package.json"), node $("$node" --version)"
}

load() { cut -d ' ' -f 1-3 /proc/loadavg; }

# CPU of a process by thread since its start: "ID NANOSECONDS NAME" lines.
threads() {
    local task name nanos
    for task in /proc/"$1"/task/*; do
        { read -r name <"$task/comm" && read -r nanos _ <"$task/schedstat" && echo "${task##*/} $nanos $name"; } 2>/dev/null || true
    done
}

# The same again and again, until it is stopped: a thread that ends is not lost, but for its last second.
watch_threads() {
    while sleep 1; do
        threads "$1"
    done
}

# CPU of a process and its children since their start, ended threads included, in nanoseconds.
process_cpu() {
    local pid
    for pid in "$1" $(pgrep -P "$1" || true); do
        sed 's/.*) //' "/proc/$pid/stat"
    done | awk '{ ticks += $12 + $13 } END { printf "%.0f\n", ticks * 1e7 }'
}

# KiB of memory of a process and its children: rss or peak.
memory() {
    local field=VmRSS pid
    [ "$2" = peak ] && field=VmHWM
    for pid in "$1" $(pgrep -P "$1" || true); do
        cat "/proc/$pid/status"
    done | awk -v field="$field:" '$1 == field { kib += $2 } END { print kib }'
}

# What the threads of Weir cost, per call, and to which part they belong. Call path is what is left.
thread_costs() { # BEFORE SINCE PROCESS_NANOS CALLS
    awk -v all="$3" -v calls="$4" '
        function part(name) {
            if (name ~ /^(C1|C2) /) return "JIT compiler"
            if (name ~ /^(VM Thread|GC |G1 |VM Periodic)/) return "garbage collector and VM"
            if (name ~ /^(weir-store|weir-duckdb|duckdb|weir-read|weir-upkeep|weir-anomalies)/) return "store"
            return ""
        }
        NR == FNR { before[$1] = $2; next }
        { last[$1] = $2; name = $0; sub(/^[0-9]+ [0-9]+ /, "", name); names[$1] = name }
        END {
            for (id in last) costs[names[id]] += last[id] - before[id]
            rest = all
            for (name in costs) {
                if (part(name) != "") parts[part(name)] += costs[name]
                if (part(name) != "") rest -= costs[name]
                if (costs[name] / calls >= 50) printf "%10.2f  %-16s %s\n", costs[name] / 1e3 / calls, name, part(name) | "sort -rn"
            }
            parts["call path"] = rest
            close("sort -rn")
            print "  --"
            for (name in parts) printf "%10.2f  %s\n", parts[name] / 1e3 / calls, name | "sort -rn"
            close("sort -rn")
            printf "%10.2f  whole process\n", all / 1e3 / calls
        }' "$1" "$2"
}
