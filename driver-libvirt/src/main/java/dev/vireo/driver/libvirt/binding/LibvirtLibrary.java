package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.vireo.HypervisorVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.Libvirt;

/** libvirt's client library, loaded into this process once. Thread-safe. */
public final class LibvirtLibrary {
    /** Says why the library cannot be used here, and what would help. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /** The oldest version that can list all domains in one call. */
    static final HypervisorVersion OLDEST = new HypervisorVersion(0, 9, 13);

    private static final String NAME = "virt";
    private static final List<String> NEEDED = List.of(
            "virEventRegisterImpl",
            "virConnectListAllDomains",
            "virDomainGetCPUStats",
            "virDomainGetVcpus",
            "virDomainLookupByName",
            "virNodeGetCPUStats");

    private static @Nullable LibvirtLibrary loaded;

    private final NativeLibrary library;
    private final HypervisorVersion version;

    private LibvirtLibrary(NativeLibrary library, HypervisorVersion version) {
        this.library = library;
        this.version = version;
    }

    /**
     * Loads and prepares the library; once it is, does nothing.
     *
     * @return the library
     * @throws UnusableException if it is not installed, or too old
     */
    public static synchronized LibvirtLibrary load() throws UnusableException {
        if (loaded == null) {
            NativeLibrary library = find(NAME);
            LibvirtLibrary found = new LibvirtLibrary(library, versionOf(library));
            found.requireSymbols();
            ErrorPrinting.switchOff();
            EventLoop.start();
            loaded = found;
        }
        return loaded;
    }

    /**
     * Tells whether the library has a function.
     *
     * @param function its name
     * @return whether it can be called
     */
    public boolean has(String function) {
        try {
            return library.getGlobalVariableAddress(function) != null;
        } catch (UnsatisfiedLinkError missing) {
            return false;
        }
    }

    static Libvirt java() {
        return Libvirt.INSTANCE;
    }

    /** The library for direct mapping; only after {@link #load}. */
    static NativeLibrary forMapping() {
        return NativeLibrary.getInstance(NAME);
    }

    static NativeLibrary find(String name) throws UnusableException {
        requireNativeCode();
        try {
            return NativeLibrary.getInstance(name);
        } catch (UnsatisfiedLinkError missing) {
            throw new UnusableException(
                    "libvirt's client library, libvirt.so.0, cannot be loaded; install libvirt0 (Debian, Ubuntu),"
                            + " libvirt-libs (Fedora, RHEL) or libvirt (Arch, Alpine), or name its directory with"
                            + " -Djna.library.path=DIR",
                    missing);
        }
    }

    private static void requireNativeCode() throws UnusableException {
        try {
            if (Native.POINTER_SIZE != Long.BYTES || !Platform.isLinux()) {
                throw new UnusableException("it needs Linux and a 64-bit JVM", null);
            }
        } catch (LinkageError noJna) {
            throw new UnusableException(
                    "JNA's native code cannot be loaded (" + noJna.getMessage()
                            + "); where programs may not be run from the temporary directory, name another with"
                            + " -Djna.tmpdir=DIR",
                    noJna);
        }
    }

    private static HypervisorVersion versionOf(NativeLibrary library) throws UnusableException {
        Scratch scratch = new Scratch(Long.BYTES);
        Pointer number = new Pointer(scratch.address());
        int result = library.getFunction("virGetVersion").invokeInt(new Object[] {number, null, null});
        if (result < 0) {
            throw new UnusableException("libvirt does not tell its version", null);
        }
        return HypervisorVersion.ofNumber(scratch.bytes().getLong(0));
    }

    private void requireSymbols() throws UnusableException {
        for (String function : NEEDED) {
            if (!has(function)) {
                throw new UnusableException(
                        "the libvirt that is installed, " + version + ", is too old: it has no " + function + "; "
                                + OLDEST + " or newer is needed, from the package libvirt0 (Debian, Ubuntu) or"
                                + " libvirt-libs (Fedora, RHEL)",
                        null);
            }
        }
    }
}
