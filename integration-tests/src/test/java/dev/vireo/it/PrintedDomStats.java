package dev.vireo.it;

import java.util.Map;
import java.util.TreeMap;

/** The numbers of a printed {@code virsh domstats} of one guest, by libvirt's names. */
final class PrintedDomStats {
    private PrintedDomStats() {}

    static Map<String, Long> of(LibvirtGuest guest) {
        Map<String, Long> numbers = new TreeMap<>();
        guest.daemon()
                .virsh("domstats", guest.name(), "--cpu-total", "--vcpu")
                .requireSuccess()
                .out()
                .lines()
                .map(line -> line.strip().split("=", 2))
                .filter(parts -> parts.length == 2 && parts[1].matches("\\d{1,18}"))
                .forEach(parts -> numbers.put(parts[0], Long.valueOf(parts[1])));
        return numbers;
    }
}
