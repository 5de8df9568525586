package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.VcpuPin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** On which CPUs the threads that are vCPUs may run: what the kernel lets them, whoever asked for it. */
final class VcpuPinning {
    private static final String KEY = "Cpus_allowed_list:";

    private VcpuPinning() {}

    /**
     * Reads the threads' {@code status} files.
     *
     * @param threads the threads' directories by the numbers of their vCPUs
     * @param present the CPUs of the host: the kernel also names those that may come one day
     */
    static List<VcpuPin> read(Map<Integer, Path> threads, BitSet present) throws IOException {
        List<VcpuPin> pins = new ArrayList<>();
        for (Map.Entry<Integer, Path> vcpu : threads.entrySet()) {
            try {
                pins.add(new VcpuPin(vcpu.getKey(), allowed(vcpu.getValue().resolve("status"), present)));
            } catch (NoSuchFileException unplugged) {
                if (Files.exists(vcpu.getValue())) {
                    throw unplugged;
                }
            }
        }
        return pins;
    }

    private static BitSet allowed(Path status, BitSet present) throws IOException {
        for (String line : Files.readString(status, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            if (line.startsWith(KEY)) {
                BitSet cpus = parse(status, line.substring(KEY.length()).strip());
                cpus.and(present);
                if (cpus.isEmpty()) {
                    throw new MalformedFileException(status, "'" + line + "' names no CPU that the host has");
                }
                return cpus;
            }
        }
        throw new MalformedFileException(status, "no line '" + KEY + "'");
    }

    private static BitSet parse(Path status, String list) throws MalformedFileException {
        try {
            return CpuIds.parseList(list);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedFileException(status, "'" + list + "' is no list of CPUs: " + malformed.getMessage());
        }
    }
}
