package dev.vireo.it.kernel;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * What a user who is not root sees of the guest: the program that {@link Privileges} runs with the capabilities that it gives
 * it. It prints {@code NONE} and the reason, or {@code FROM} and the source; in that case it waits for a line of input, and
 * prints by how many nanoseconds the sum over all CPUs grew meanwhile.
 */
public final class AsNobody {
    private AsNobody() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Connection connection = Connection.open("qemu+cgroup:///system")) {
            CpuStats.HostCpus cpus =
                    connection.getDomainByName("web").cpuStats().hostCpus();
            if (!cpus.isAvailable()) {
                System.out.println("NONE " + cpus.unavailable());
                return;
            }
            System.out.println("FROM " + cpus.origin().orElseThrow().source());
            orders.readLine();
            System.out.println(sum(connection.getDomainByName("web").cpuStats().hostCpus()) - sum(cpus));
        }
    }

    private static long sum(CpuStats.HostCpus cpus) {
        return cpus.cpus().stream().mapToLong(cpu -> cpu.cpuTimeNanos().value()).sum();
    }
}
