package dev.vireo.driver.libvirt;

import com.sun.jna.NativeLibrary;
import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.OpenOptions;
import dev.vireo.driver.libvirt.binding.Compiler;
import java.io.IOException;
import java.nio.file.Path;

/** A libvirt that answers what no real one does, in place of the real one in this JVM: {@code src/test/c}. */
final class FakeLibvirt {
    private FakeLibvirt() {}

    static void compile() throws IOException {
        Path library = Path.of(System.getProperty("jna.library.path"), "libvirt.so");
        Compiler.compile("fake_libvirt.c", library, "-shared", "-fPIC", "-Wall", "-Werror");
    }

    static Connection open(String uri) {
        return Drivers.installed().open(uri, OpenOptions.defaults().readWrite());
    }

    /** Returns how many connections were opened since it was asked last. */
    static int connectionsOpened() {
        return NativeLibrary.getInstance("virt")
                .getFunction("fakeConnectionsOpened")
                .invokeInt(new Object[0]);
    }

    /** Returns how many domains libvirt has given and not got back. */
    static int domainsOut() {
        return NativeLibrary.getInstance("virt").getFunction("fakeAliveDomains").invokeInt(new Object[0]);
    }
}
