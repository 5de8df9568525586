package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A container of a private libvirtd whose only program is busy for ever. It needs no system of its own: the program is
 * linked statically.
 *
 * @param daemon whose it is
 * @param name its name
 */
record LibvirtContainer(LibvirtDaemon daemon, String name) {
    static LibvirtContainer create(LibvirtDaemon daemon, String name) throws IOException {
        Path root = Files.createDirectory(daemon.root().resolve(name));
        for (String directory : new String[] {"dev", "proc", "sys"}) {
            Files.createDirectory(root.resolve(directory));
        }
        Files.move(CProgram.compileStatic(daemon.root(), "spin").path(), root.resolve("init"));
        Path xml = daemon.root().resolve(name + ".xml");
        Files.writeString(xml, DomainXml.container(name, UUID.randomUUID(), root));
        LibvirtContainer container = new LibvirtContainer(daemon, name);
        CommandRun run = container.virsh("create", xml.toString());
        if (run.exitCode() != 0) {
            throw new AssertionError(run + daemon.errors());
        }
        return container;
    }

    /** Returns what {@code virsh cpu-stats} prints of it. */
    String printedByVirsh(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "cpu-stats";
        arguments[1] = name;
        System.arraycopy(options, 0, arguments, 2, options.length);
        return virsh(arguments).requireSuccess().out();
    }

    private CommandRun virsh(String... arguments) {
        return Virsh.run(daemon.containersUri(), arguments);
    }
}
