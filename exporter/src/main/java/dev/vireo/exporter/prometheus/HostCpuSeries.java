package dev.vireo.exporter.prometheus;

/** Says which series there are of the times per host CPU: with many domains on many CPUs they are most of all. */
public enum HostCpuSeries {
    /** One for each CPU that there is. */
    ALL,
    /** One for each CPU that the domain used one hundredth of or more, at some time in the last ten minutes. */
    BUSY,
    /** One for each NUMA node. */
    NODE,
    /** None. */
    NONE
}
