package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;

/** How many descriptors this process may have: {@code getrlimit(2)}. */
public final class OpenFileLimit {
    private OpenFileLimit() {}

    /**
     * Returns the soft limit.
     *
     * @return a number of descriptors, {@link Integer#MAX_VALUE} at most
     * @throws IOException if the system does not tell
     */
    public static int soft() throws IOException {
        NativeBuffer limit = NativeBuffer.allocate(16);
        Libc.openFileLimit(limit);
        long soft = limit.bytes().getLong(0);
        return soft < 0 ? Integer.MAX_VALUE : (int) Math.min(soft, Integer.MAX_VALUE);
    }
}
