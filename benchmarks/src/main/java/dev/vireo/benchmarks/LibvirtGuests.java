package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/** Starts guests of a libvirtd: QEMU with KVM, and a ROM of two instructions, so that they do nothing from then on. */
final class LibvirtGuests {
    private static final int ROM_SIZE = 64 * 1024;
    /** Where an x86 processor begins, seen from the start of a ROM that ends at 4 GiB. */
    private static final int RESET_VECTOR = 0xfff0;

    private static final byte CLI = (byte) 0xfa;
    private static final byte HLT = (byte) 0xf4;

    private static final String DOMAIN = """
            <domain type='kvm'>
              <name>%s</name>
              <memory unit='MiB'>16</memory>
              <vcpu>1</vcpu>
              <os>
                <type arch='x86_64' machine='pc'>hvm</type>
                <loader readonly='yes' type='rom'>%s</loader>
              </os>
              <devices>
                <controller type='usb' model='none'/>
                <memballoon model='none'/>
              </devices>
            </domain>
            """;

    private LibvirtGuests() {}

    /** Starts guests and returns their names. */
    static List<String> start(PrivateLibvirtd libvirtd, int howMany) throws IOException, LibvirtException {
        Path rom = libvirtd.directory().resolve("idle.rom");
        writeRom(rom);
        Connect connect = new Connect(libvirtd.uri());
        try {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < howMany; i++) {
                String name = LibvirtGroups.nameOfGuest(i);
                connect.domainCreateXML(DOMAIN.formatted(name, rom), 0).free();
                names.add(name);
            }
            return names;
        } finally {
            connect.close();
        }
    }

    private static void writeRom(Path file) throws IOException {
        byte[] rom = new byte[ROM_SIZE];
        rom[RESET_VECTOR] = CLI;
        rom[RESET_VECTOR + 1] = HLT;
        Files.write(file, rom);
    }
}
