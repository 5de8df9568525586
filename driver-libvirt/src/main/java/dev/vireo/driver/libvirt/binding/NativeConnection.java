package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import dev.vireo.Authentication;
import dev.vireo.HypervisorException;
import dev.vireo.HypervisorVersion;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.ConnectionPointer;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virConnectAuth;
import org.libvirt.jna.virNodeInfo;

/**
 * A {@code virConnect}: opening, closing, and what is asked of a host. Thread-safe; whoever closes it sees to it that no
 * call is under way.
 *
 * <p>Each method throws libvirt's error as it came, a {@link HypervisorException}.
 */
public final class NativeConnection implements AutoCloseable {
    private static final int READ_ONLY = 1;

    private final Libvirt libvirt = LibvirtLibrary.java();
    private final NativeHandle handle;
    private final ConnectionSocket socket;

    NativeConnection(long address, ConnectionSocket socket) {
        this.handle = new NativeHandle("a connection", address);
        this.socket = socket;
    }

    /**
     * Opens a connection: {@code virConnectOpenAuth}.
     *
     * @param uri what libvirt is to open, empty for its default
     * @param readOnly whether libvirt is to refuse what writes
     * @param isWatched whether it notices by itself when it breaks, and delivers events; calls on it are dearer then. It is
     *     no matter where there is no daemon.
     * @param authentication who answers for credentials, null if nobody does
     * @return the connection
     */
    public static NativeConnection open(
            String uri, boolean readOnly, boolean isWatched, @Nullable Authentication authentication) {
        int flags = readOnly ? READ_ONLY : 0;
        AuthenticationCallback callback = new AuthenticationCallback(authentication);
        try {
            return ConnectionSocket.find(isWatched, () -> open(uri, callback.structure(), flags));
        } catch (HypervisorException refused) {
            throw callback.explain(refused);
        }
    }

    private static long open(String uri, virConnectAuth auth, int flags) {
        try {
            ConnectionPointer pointer = LibvirtLibrary.java().virConnectOpenAuth(uri, auth, flags);
            if (pointer == null) {
                throw LastError.of("virConnectOpenAuth");
            }
            return Pointer.nativeValue(pointer.getPointer());
        } finally {
            // libvirt calls back while it opens
            Reference.reachabilityFence(auth);
        }
    }

    /** Makes libvirt not ask the daemon whether it is still there: {@code virConnectSetKeepAlive}. */
    public void switchKeepAliveOff() {
        // connections without a daemon do not know it
        libvirt.virConnectSetKeepAlive(pointer(), 0, 0);
    }

    /**
     * Tells, without a call to the daemon, whether the connection is still there: {@code virConnectIsAlive}.
     *
     * @return false if it broke; when libvirt cannot tell, too
     */
    public boolean isAlive() {
        return libvirt.virConnectIsAlive(pointer()) == 1;
    }

    /**
     * Tells whether there is a daemon at the other end of a socket; libvirt has some hypervisors in this process.
     *
     * @return whether {@link #shutDown} does anything
     */
    public boolean hasDaemon() {
        return socket.isThere();
    }

    /** Ends what threads wait for on this connection, which cannot be used any more. */
    public void shutDown() {
        socket.shutDown();
    }

    /**
     * Returns the host's name: {@code virConnectGetHostname}.
     *
     * @return the name
     */
    public String hostname() {
        var name = libvirt.virConnectGetHostname(pointer());
        if (name == null) {
            throw LastError.of("virConnectGetHostname");
        }
        return name.toString();
    }

    /**
     * Returns the hypervisor's version: {@code virConnectGetVersion}.
     *
     * @return the version
     */
    public HypervisorVersion version() {
        LongByReference number = new LongByReference();
        LastError.checked(libvirt.virConnectGetVersion(pointer(), number), "virConnectGetVersion");
        return HypervisorVersion.ofNumber(number.getValue());
    }

    /**
     * Returns the version of the libvirt at the other end: {@code virConnectGetLibVersion}, the least there is to ask.
     *
     * @return the version
     */
    public HypervisorVersion libraryVersion() {
        LongByReference number = new LongByReference();
        LastError.checked(libvirt.virConnectGetLibVersion(pointer(), number), "virConnectGetLibVersion");
        return HypervisorVersion.ofNumber(number.getValue());
    }

    /**
     * Returns what the host is: {@code virNodeGetInfo}.
     *
     * @return libvirt-java's form of it
     */
    public virNodeInfo nodeInfo() {
        virNodeInfo info = new virNodeInfo();
        LastError.checked(libvirt.virNodeGetInfo(pointer(), info), "virNodeGetInfo");
        return info;
    }

    /** Closes the connection, once: {@code virConnectClose}. */
    @Override
    public void close() {
        long address = handle.release();
        if (address != 0) {
            libvirt.virConnectClose(pointer(address));
            socket.close();
        }
    }

    long address() {
        return handle.address();
    }

    ConnectionPointer pointer() {
        return pointer(handle.address());
    }

    private static ConnectionPointer pointer(long address) {
        ConnectionPointer pointer = new ConnectionPointer();
        pointer.setPointer(new Pointer(address));
        return pointer;
    }
}
