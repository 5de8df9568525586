package dev.vireo.driver.test;

import dev.vireo.NodeCpuMap;
import dev.vireo.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Describes a {@link TestHypervisor}: its host and the domains that it begins with. Immutable and thread-safe. */
public final class HypervisorConfiguration {
    /** The most CPU ids of a host. */
    public static final int MAX_CPUS = 65_536;

    private final String hostname;
    private final long memoryKib;
    private final NodeCpuMap cpuMap;
    private final int[] ranks;
    private final int[] presentCpus;
    private final List<DomainConfiguration> domains;
    private final Set<Operation> absent;

    private HypervisorConfiguration(Builder builder, BitSet present) {
        hostname = builder.hostname;
        memoryKib = builder.memoryKib;
        cpuMap = NodeCpuMap.of(present, present);
        presentCpus = present.stream().toArray();
        ranks = ranks(presentCpus, present.length());
        domains = List.copyOf(builder.domains);
        absent = Set.copyOf(builder.absent);
    }

    /**
     * Starts a description: a host with 2 CPUs and no domain, that can do everything.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Describes libvirt's {@code test:///default}: 2 CPUs and {@link DomainConfiguration#preset()}.
     *
     * @return the description
     */
    public static HypervisorConfiguration preset() {
        return builder().domain(DomainConfiguration.preset()).build();
    }

    /**
     * Returns the host's name.
     *
     * @return the name
     */
    public String hostname() {
        return hostname;
    }

    /**
     * Returns the host's memory.
     *
     * @return KiB
     */
    public long memoryKib() {
        return memoryKib;
    }

    /**
     * Returns the host's CPUs, all of them online.
     *
     * @return which ids have a CPU
     */
    public NodeCpuMap cpuMap() {
        return cpuMap;
    }

    /**
     * Returns the domains that are there in the beginning.
     *
     * @return an immutable list
     */
    public List<DomainConfiguration> domains() {
        return domains;
    }

    /**
     * Returns the operations that the hypervisor lacks.
     *
     * @return an immutable set
     */
    public Set<Operation> absent() {
        return absent;
    }

    /** Returns the ids that have a CPU, as a set of the caller's. */
    BitSet presentCpus() {
        BitSet present = new BitSet();
        for (int cpu : presentCpus) {
            present.set(cpu);
        }
        return present;
    }

    /** Returns how many CPUs with a lower id there are, -1 for an id without a CPU. */
    int rank(int cpu) {
        return ranks[cpu];
    }

    /** Returns the id of the CPU that a vCPU is on. */
    int cpuOf(int vcpu) {
        return presentCpus[vcpu % presentCpus.length];
    }

    private static int[] ranks(int[] presentCpus, int size) {
        int[] ranks = new int[size];
        Arrays.fill(ranks, -1);
        for (int rank = 0; rank < presentCpus.length; rank++) {
            ranks[presentCpus[rank]] = rank;
        }
        return ranks;
    }

    /** Builds a {@link HypervisorConfiguration}. Not thread-safe. */
    public static final class Builder {
        private String hostname = "test-host";
        private long memoryKib = 3_145_728; // libvirt's test driver: 3 GiB
        private int cpus = 2;
        private BitSet missing = new BitSet();
        private final List<DomainConfiguration> domains = new ArrayList<>();
        private final Set<Operation> absent = EnumSet.noneOf(Operation.class);

        private Builder() {}

        /**
         * Sets the host's name.
         *
         * @param name the name
         * @return this builder
         */
        public Builder hostname(String name) {
            hostname = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets the host's memory.
         *
         * @param kib KiB
         * @return this builder
         */
        public Builder memoryKib(long kib) {
            memoryKib = kib;
            return this;
        }

        /**
         * Sets how many CPU ids the host has.
         *
         * @param ids 1 to {@value #MAX_CPUS}
         * @return this builder
         */
        public Builder cpus(int ids) {
            cpus = ids;
            return this;
        }

        /**
         * Names ids that have no CPU. If the highest ids are among them, there are fewer ids.
         *
         * @param ids CPU ids
         * @return this builder
         */
        public Builder missingCpus(int... ids) {
            missing = new BitSet();
            for (int id : ids) {
                missing.set(id);
            }
            return this;
        }

        /**
         * Adds a domain. The first one gets the id 1, and so on; those that are shut off get none.
         *
         * @param domain its description
         * @return this builder
         */
        public Builder domain(DomainConfiguration domain) {
            domains.add(Objects.requireNonNull(domain, "domain"));
            return this;
        }

        /**
         * Leaves operations out of the table of each connection, which answers {@code NO_SUPPORT} to them. Suspend and
         * resume, and the three about CPU accounting, go together.
         *
         * @param operations what the hypervisor lacks
         * @return this builder
         */
        public Builder without(Operation... operations) {
            absent.addAll(List.of(operations));
            return this;
        }

        /**
         * Makes the description.
         *
         * @return an immutable value
         * @throws IllegalArgumentException if there are too few or too many CPUs, if an id is missing that is out of
         *     range, or if no CPU is left
         */
        public HypervisorConfiguration build() {
            if (cpus < 1 || cpus > MAX_CPUS) {
                throw new IllegalArgumentException("a host has 1 to " + MAX_CPUS + " CPU ids, not " + cpus);
            }
            if (missing.length() > cpus) {
                throw new IllegalArgumentException(
                        "CPU " + (missing.length() - 1) + " cannot be missing, since the ids are 0 to " + (cpus - 1));
            }
            BitSet present = new BitSet();
            present.set(0, cpus);
            present.andNot(missing);
            if (present.isEmpty()) {
                throw new IllegalArgumentException("no CPU is left if all " + cpus + " are missing");
            }
            return new HypervisorConfiguration(this, present);
        }
    }
}
