package dev.vireo.cli;

/** Names every field of the JSON output whose name does not come from a driver. {@code docs/cli.md} explains them. */
enum JsonField {
    URI("uri"),
    DRIVER("driver"),
    UNAVAILABLE("unavailable"),
    DOMAIN("domain"),
    DOMAINS("domains"),
    ID("id"),
    NAME("name"),
    UUID("uuid"),
    STATE("state"),
    TOTAL("total"),
    HOST_CPUS("host_cpus"),
    CPUS("cpus"),
    CPU("cpu"),
    CPU_TIME("cpu_time_ns"),
    USER_TIME("user_time_ns"),
    SYSTEM_TIME("system_time_ns"),
    VCPU_TIME("vcpu_time_ns"),
    OTHER("other"),
    ORIGIN("origin"),
    SOURCE("source"),
    SINCE("since"),
    SINCE_TIME("since_time"),
    GENERATION("generation"),
    MISSING("missing"),
    NOTES("notes"),
    VCPUS("vcpus"),
    VCPU("vcpu"),
    PARAMETERS("parameters"),
    RUN_TIME("run_time_ns"),
    DELAY("delay_ns"),
    HOSTNAME("hostname"),
    HYPERVISOR_VERSION("hypervisor_version"),
    PRESENT("present"),
    ONLINE("online"),
    INFO("info"),
    MODEL("model"),
    MEMORY("memory_kib"),
    MHZ("mhz"),
    NODES("nodes"),
    SOCKETS_PER_NODE("sockets_per_node"),
    CORES_PER_SOCKET("cores_per_socket"),
    THREADS_PER_CORE("threads_per_core"),
    CPU_TIMES("cpu_times"),
    KERNEL("kernel_ns"),
    USER("user_ns"),
    IDLE("idle_ns"),
    IOWAIT("iowait_ns"),
    DRIVERS("drivers"),
    SCHEMES("schemes"),
    OPERATIONS("operations"),
    LEVEL("level"),
    PRIORITY("priority"),
    LOCATION("location"),
    PROBLEM("problem"),
    CONNECTION("connection"),
    ACCOUNTING("accounting"),
    RUNNING("running"),
    DETAIL("detail"),
    FOR("for_ns");

    private final String text;

    JsonField(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
