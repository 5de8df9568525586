package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a private libvirtd.
 *
 * @param root the directory that holds them
 */
record LibvirtDirectories(Path root) {
    /** QEMU as root, without what a daemon on a real host has around it: labels, ownership, a daemon for its logs. */
    private static final String QEMU_SETTINGS = """
            stdio_handler = "file"
            user = "+0"
            group = "+0"
            dynamic_ownership = 0
            remember_owner = 0
            security_driver = "none"
            """;

    void prepare(LibvirtConfiguration configuration) throws IOException {
        for (String name : List.of("etc", "sasl2", "run", "lib", "log", "sock")) {
            Files.createDirectory(root.resolve(name));
        }
        Files.createSymbolicLink(root.resolve("cache"), CapabilitiesCache.directory());
        Files.writeString(root.resolve("etc/qemu.conf"), QEMU_SETTINGS);
        Files.writeString(root.resolve("libvirtd.conf"), configuration.text(this));
        if (configuration.accounts().isPresent()) {
            String settings = configuration.accounts().get().daemonSettings();
            Files.writeString(root.resolve("sasl2/libvirt.conf"), settings);
        }
    }

    Path sockets() {
        return root.resolve("sock");
    }

    Path socket() {
        return sockets().resolve("libvirt-sock");
    }

    Path log() {
        return root.resolve("log/libvirtd.log");
    }

    /** What the daemon and the script around it printed. */
    Path output() {
        return root.resolve("output");
    }
}
