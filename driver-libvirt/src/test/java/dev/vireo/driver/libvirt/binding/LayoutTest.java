package dev.vireo.driver.libvirt.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libvirt.jna.virDomainInfo;
import org.libvirt.jna.virNodeInfo;

class LayoutTest {
    @TempDir
    private Path directory;

    @Test
    void everySizeAndOffsetIsThatOfLibvirtsHeaders() throws IOException {
        assumeTrue(
                Files.exists(Path.of("/usr/include/libvirt/libvirt.h")),
                "NOT TESTED: no libvirt headers; on Debian and Ubuntu install libvirt-dev");
        Path program = Compiler.compile("layout.c", directory.resolve("layout"));
        Map<String, Integer> byHeaders = new TreeMap<>();
        for (String line : Compiler.run(List.of(program.toString()))) {
            String[] words = line.split(" ", 2);
            byHeaders.put(words[0], Integer.valueOf(words[1]));
        }
        assertEquals(byHeaders, new TreeMap<>(ours()));
    }

    private static Map<String, Integer> ours() {
        return Map.ofEntries(
                Map.entry("ParameterBuffer.SIZE", ParameterBuffer.SIZE),
                Map.entry("ParameterBuffer.TYPE", ParameterBuffer.TYPE),
                Map.entry("ParameterBuffer.VALUE", ParameterBuffer.VALUE),
                Map.entry("ParameterName.FIELD_LENGTH", ParameterName.FIELD_LENGTH),
                Map.entry("NodeCpuBuffer.SIZE", NodeCpuBuffer.SIZE),
                Map.entry("NodeCpuBuffer.VALUE", NodeCpuBuffer.VALUE),
                Map.entry("VcpuBuffer.SIZE", VcpuBuffer.SIZE),
                Map.entry("VcpuBuffer.NUMBER", VcpuBuffer.NUMBER),
                Map.entry("VcpuBuffer.STATE", VcpuBuffer.STATE),
                Map.entry("VcpuBuffer.TIME", VcpuBuffer.TIME),
                Map.entry("VcpuBuffer.CPU", VcpuBuffer.CPU),
                Map.entry("StatsRecords.DOMAIN", StatsRecords.DOMAIN),
                Map.entry("StatsRecords.PARAMS", StatsRecords.PARAMS),
                Map.entry("StatsRecords.COUNT", StatsRecords.COUNT),
                Map.entry("LastError.CODE", LastError.CODE),
                Map.entry("LastError.DOMAIN", LastError.DOMAIN),
                Map.entry("LastError.MESSAGE", LastError.MESSAGE),
                Map.entry("LastError.LEVEL", LastError.LEVEL),
                Map.entry("AuthenticationCallback.SIZE", AuthenticationCallback.SIZE),
                Map.entry("AuthenticationCallback.TYPE", AuthenticationCallback.TYPE),
                Map.entry("AuthenticationCallback.PROMPT", AuthenticationCallback.PROMPT),
                Map.entry("AuthenticationCallback.CHALLENGE", AuthenticationCallback.CHALLENGE),
                Map.entry("AuthenticationCallback.DEFAULT_RESULT", AuthenticationCallback.DEFAULT_RESULT),
                Map.entry("AuthenticationCallback.RESULT", AuthenticationCallback.RESULT),
                Map.entry("AuthenticationCallback.RESULT_LENGTH", AuthenticationCallback.RESULT_LENGTH),
                Map.entry("virNodeInfo", new virNodeInfo().size()),
                Map.entry("virNodeInfo.threads", new NodeInfoOfLibvirtJava().offset("threads")),
                Map.entry("virDomainInfo", new virDomainInfo().size()),
                Map.entry("virDomainInfo.nrVirtCpu", new DomainInfoOfLibvirtJava().offset("nrVirtCpu")),
                Map.entry("virDomainInfo.cpuTime", new DomainInfoOfLibvirtJava().offset("cpuTime")));
    }

    /** Where libvirt-java thinks that the members are. */
    public static final class NodeInfoOfLibvirtJava extends virNodeInfo {
        int offset(String field) {
            return fieldOffset(field);
        }
    }

    /** Where libvirt-java thinks that the members are. */
    public static final class DomainInfoOfLibvirtJava extends virDomainInfo {
        int offset(String field) {
            return fieldOffset(field);
        }
    }
}
